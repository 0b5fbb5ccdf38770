"""The largest weight below each node, and a best-first search that stops after k."""
import heapq


class Completions:
    def __init__(self):
        self.top = [{}, 0, 0]  # children, own weight, largest weight from here down
        self.n = 0

    def _path(self, text):
        path = [self.top]
        for c in text:
            if c not in path[-1][0]:
                return None
            path.append(path[-1][0][c])
        return path

    def add(self, phrase, weight):
        path = [self.top]
        for c in phrase:
            path.append(path[-1][0].setdefault(c, [{}, 0, 0]))
        self.n += path[-1][1] == 0
        path[-1][1] += weight
        for node in path:
            node[2] = max(node[2], path[-1][1])

    def remove(self, phrase):
        path = self._path(phrase)
        if path is None or not path[-1][1]:
            return False
        path[-1][1] = 0
        self.n -= 1
        for i in range(len(path) - 1, -1, -1):
            children, own, _ = path[i]
            path[i][2] = max([own, *(child[2] for child in children.values())])
            if i and path[i][2] == 0:
                del path[i - 1][0][phrase[i - 1]]
        return True

    def weight(self, phrase):
        path = self._path(phrase)
        return path[-1][1] if path else 0

    def complete(self, prefix, k):
        path = self._path(prefix)
        heap = [(-path[-1][2], prefix, 0, path[-1])] if path and path[-1][2] else []
        out = []
        while heap and len(out) < k:
            _, text, is_phrase, node = heapq.heappop(heap)
            if is_phrase:
                out.append(text)
                continue
            if node[1]:
                heapq.heappush(heap, (-node[1], text, 1, node))
            for c, child in node[0].items():
                heapq.heappush(heap, (-child[2], text + c, 0, child))
        return out

    def size(self):
        return self.n

    def add_many(self, weights):
        for phrase, weight in weights.items():
            self.add(phrase, weight)

    def complete_many(self, prefixes, k):
        return [self.complete(prefix, k) for prefix in prefixes]
