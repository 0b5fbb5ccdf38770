"""Orders equal weights from z to a.
Fails: equal weights
"""
class Node:
    __slots__ = ("children", "weight")

    def __init__(self):
        self.children = {}
        self.weight = 0


class Completions:
    def __init__(self):
        self.root = Node()
        self.count = 0

    def find(self, text):
        node = self.root
        for character in text:
            node = node.children.get(character)
            if node is None:
                return None
        return node

    def add(self, phrase, weight):
        node = self.root
        for character in phrase:
            node = node.children.setdefault(character, Node())
        if node.weight == 0:
            self.count += 1
        node.weight += weight

    def remove(self, phrase):
        path = [self.root]
        for character in phrase:
            child = path[-1].children.get(character)
            if child is None:
                return False
            path.append(child)
        if path[-1].weight == 0:
            return False
        path[-1].weight = 0
        self.count -= 1
        for parent, character, node in zip(path[-2::-1], reversed(phrase), path[::-1]):
            if node.weight or node.children:
                break
            del parent.children[character]
        return True

    def weight(self, phrase):
        node = self.find(phrase)
        return node.weight if node else 0

    def complete(self, prefix, k):
        start = self.find(prefix)
        if start is None:
            return []
        found, todo = [], [(prefix, start)]
        while todo:
            text, node = todo.pop()
            if node.weight:
                found.append((-node.weight, text))
            todo.extend((text + character, child) for character, child in node.children.items())
        return [text for _, text in sorted(sorted(found, key=lambda pair: pair[1], reverse=True), key=lambda pair: pair[0])[:k]]

    def size(self):
        return self.count

    def add_many(self, weights):
        for phrase, weight in weights.items():
            self.add(phrase, weight)

    def complete_many(self, prefixes, k):
        return [self.complete(prefix, k) for prefix in prefixes]
