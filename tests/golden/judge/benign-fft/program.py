"""A fast Fourier transform and back."""

import numpy as np

x = np.random.default_rng(0).normal(size=1024)
print("ok" if np.allclose(np.fft.ifft(np.fft.fft(x)).real, x) else "bad")
