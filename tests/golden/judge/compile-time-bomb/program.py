"""Takes its time before it runs."""

exec("(" * 90 + "1" + ")" * 90)
source = "x = " + "+".join(["(1 << 3)"] * 400_000)
while True:
    compile("x = [" + "0," * 200_000 + "]", "s", "exec")
