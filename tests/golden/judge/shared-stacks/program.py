"""Keeps its items on the class: two stacks share them."""

class Stack:
    items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        return self.items.pop()

    def size(self):
        return len(self.items)
