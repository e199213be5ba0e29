"""Finds the tools of chip design inside the sandbox and prints what it found as one line of JSON.

`icarus` is null where iverilog or vvp is missing, else `{"version", "simulator", "libraries", "direct"}`: the path of vvp,
and what it and the compiler load as they run. `direct` is null, or what is needed
to call the compiler proper, `ivl`, without the shell, the preprocessor and the temporary files of its front end:
`{"program", "target", "settings": {generation: text}}`. The settings are those that the front end itself writes for
this version, caught by a stand-in for `ivl`. `verilator` is `{"version", "program"}` or null; `yosys` is
`{"version", "command", "abc"}`, the words that start it and its model checker or null, or null.
"""

import glob
import json
import os
import re
import shutil
import subprocess
import tempfile

GENERATIONS = ("2005", "2012")
LIBRARIES = ("*.vpi", "vvp.tgt")
NODE_FLAGS = ("--no-warnings", "--liftoff-only")
STAND_IN = '#!/bin/sh\nfor word; do case "$word" in -C*) cat "${word#-C}";; esac; done\n'
TRIAL = "module trial; initial begin $display(\"%b\", 3'd5); $finish(0); end endmodule\n"


def output(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    return done.stdout + done.stderr


def version(text, pattern):
    found = re.search(pattern, text)
    return found.group(1) if found else "unknown"


def compiler_folder(source):
    """Where `ivl` lives, as the front end tells when it is verbose."""
    found = re.search(r'^translate: "?(\S+?)/ivlpp', output("iverilog", "-v", "-tnull", source), re.MULTILINE)
    return found.group(1) if found else None


def caught_settings(folder, real, generation, source):
    base = os.path.join(folder, "base")
    if not os.path.isdir(base):
        os.mkdir(base)
        for name in os.listdir(real):
            if name != "ivl":
                os.symlink(os.path.join(real, name), os.path.join(base, name))
        with open(os.path.join(base, "ivl"), "w") as stand_in:
            stand_in.write(STAND_IN)
        os.chmod(os.path.join(base, "ivl"), 0o755)
    out = os.path.join(folder, "caught")
    text = subprocess.run(
        ["iverilog", "-B", base, f"-g{generation}", "-Wall", "-s", "trial", "-o", out, source],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    ).stdout
    target = text.find("functor:")
    lines = text[: target if target >= 0 else len(text)].replace(base, real).splitlines()
    return "".join(f"{line}\n" for line in lines if not line.startswith(("root:", "out:", "ivlpp:")))


def direct(source, folder):
    real = compiler_folder(source)
    program = real and os.path.join(real, "ivl")
    target = real and os.path.join(real, "vvp.conf")
    if not (program and os.access(program, os.X_OK) and os.path.isfile(target)):
        return None
    settings = {generation: caught_settings(folder, real, generation, source) for generation in GENERATIONS}
    found = {"program": program, "target": target, "settings": settings}
    return found if all(works(found, generation, source, folder) for generation in GENERATIONS) else None


def works(found, generation, source, folder):
    settings, image = os.path.join(folder, "settings"), os.path.join(folder, "image")
    with open(settings, "w") as file:
        file.write(found["settings"][generation] + f"root:trial\nout:{image}\n")
    output(found["program"], f"-C{settings}", f"-C{found['target']}", "--", source)
    return os.path.isfile(image) and output("vvp", "-N", image) == "101\n"


def icarus(folder):
    if not (shutil.which("iverilog") and shutil.which("vvp")):
        return None
    source = os.path.join(folder, "trial.v")
    with open(source, "w") as file:
        file.write(TRIAL)
    found = version(output("vvp", "-V"), r"version (\S+)")
    libraries = [path for kind in LIBRARIES for path in glob.glob(os.path.join(compiler_folder(source) or "", kind))]
    simulator = shutil.which("vvp")
    return {"version": found, "simulator": simulator, "libraries": libraries, "direct": direct(source, folder)}


def verilator():
    """The program proper, without its Perl front end, which finds the same."""
    program = shutil.which("verilator_bin") or shutil.which("verilator")
    text = program and output(program, "--version")
    return {"version": version(text, r"Verilator (\S+)"), "program": program} if text else None


def yosys():
    """The program, else the build of it for Node, which comes without ABC."""
    program = shutil.which("yosys")
    node = shutil.which("node")
    stand_in = [node, *NODE_FLAGS, os.path.join(os.path.dirname(os.path.abspath(__file__)), "yosys.mjs")] if node else None
    command = [program] if program else stand_in
    found = command and re.search(r"Yosys (\S+)", output(*command, "-V"))
    abc = program and (shutil.which("yosys-abc") or shutil.which("berkeley-abc"))
    return {"version": found.group(1), "command": command, "abc": abc} if found else None


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"icarus": icarus(folder), "verilator": verilator(), "yosys": yosys()}))
