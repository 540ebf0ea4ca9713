"""terminal.py STEPS COMMAND...: runs a command on a terminal of its own and does what a person would.

STEPS is JSON, done one after the other: {"wait": text}, {"type": text}, {"resize": [rows, columns]},
{"signal": name} to the command, {"pause": seconds}, {"hangUp": true}. Prints {"code", "output"} as JSON at the end; code is
the exit code, or minus the signal's number.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

steps, command = json.loads(sys.argv[1]), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
output = b""
deadline = time.time() + 20


def read(seconds):
    global output
    ready, _, _ = select.select([terminal], [], [], seconds)
    if not ready:
        return True
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        return False
    output += piece
    return piece != b""


def wait_for(text):
    while text not in output:
        if time.time() > deadline or not read(0.1):
            break


fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
for step in steps:
    if "wait" in step:
        wait_for(step["wait"].encode())
    if "type" in step:
        os.write(terminal, step["type"].encode())
    if "resize" in step:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *step["resize"], 0, 0))
    if "signal" in step:
        os.kill(child, getattr(signal, step["signal"]))
    if "pause" in step:
        end = time.time() + step["pause"]
        while time.time() < end:
            read(0.05)
    if "hangUp" in step:
        os.close(terminal)
if not any("hangUp" in step for step in steps):
    while time.time() < deadline and read(0.1):
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            while select.select([terminal], [], [], 0.1)[0] and read(0):
                pass
            break
while time.time() < deadline and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
    time.sleep(0.05)
if time.time() > deadline:
    os.kill(child, signal.SIGKILL)
_, status = os.waitpid(child, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "output": output.decode()}))
