"""A backward pass in torch."""

import torch

x = torch.tensor([2.0], requires_grad=True)
(x**2).sum().backward()
print("ok" if x.grad.item() == 4.0 else "bad")
