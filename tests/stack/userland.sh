# Debian user lands to try the mirror in, a folder each; read by scripts that name themselves in SELF.  Needs root: folders
# are entered by chroot.  Nothing else of this machine is changed, and what is mounted is mounted for the script alone:
# the kernel unmounts it when the script ends, however it ends.

FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/hinge-mirror/userlands
NAME=$(basename "$SELF")

#: The mirror of Debian: where this machine itself takes its packages from, if it is one.
DEBIAN=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -m1 -E '^https?://.*/debian/?$' ||
    echo http://deb.debian.org/debian)

#: Seconds to unpack a Debian at most; two minutes are usual, and a network that swallows everything would take for ever.
UNPACKING=900

say() { printf '%s: %s\n' "$NAME" "$*" >&2; }

# What this machine cannot do proves nothing about the mirror: said, and told apart from a failure by the exit code.
not_run() { say "NOT RUN: $*"; exit 77; }

# Begin the calling script anew among mounts of its own.
own_mounts() {
    [ -z "${OWN_MOUNTS:-}" ] || return 0
    [ "$(id -u)" = 0 ] || not_run "only root can enter a user land; try: sudo make $NAME"
    command -v debootstrap >/dev/null || not_run "debootstrap is missing; install it with: apt-get install debootstrap"
    unshare --mount --propagation private true || not_run "this machine lets nobody mount anything (above)"
    OWN_MOUNTS=yes exec unshare --mount --propagation private "$SELF" "$@"
}

# Whether the user land $1 was finished, by these very files.
is_ready() { [ "$(cat "$FOLDER/$1/ready" 2>/dev/null)" = "$(made_by)" ]; }
made_by() { cat "$SELF" tests/stack/userland.sh tests/stack/wheels.txt .setup/constraints.txt | cksum; }

# Begin the user land $1 with the suite $2; the rest goes to debootstrap.
begin() {
    say "making a user land of Debian $2 in $FOLDER/$1 (some minutes, once)"
    rm -rf --one-file-system "${FOLDER:?}/$1"
    mkdir -p "$FOLDER/$1"
    user_land=$1 suite=$2
    shift 2
    timeout $UNPACKING debootstrap --variant=minbase "$@" "$suite" "$FOLDER/$user_land" "$DEBIAN" \
        >"$FOLDER/$user_land.log" 2>&1 || not_run "debootstrap could not make it: $FOLDER/$user_land.log"
}

finish() { made_by >"$FOLDER/$1/ready"; }

# Take the wheels that the arguments after the user land $1 ask pip for, and unpack them in its /opt/site.
unpack_wheels() {
    into=$FOLDER/$1
    shift
    wheels=$(mktemp -d)
    .venv/bin/python -m pip download -qq --disable-pip-version-check --no-input --no-deps --only-binary :all: \
        --dest "$wheels" "$@" </dev/null || not_run "pip could not get the wheels (above); is there a network?"
    for wheel in "$wheels"/*.whl; do .venv/bin/python -m zipfile -e "$wheel" "$into/opt/site"; done
    rm -r "$wheels"
}

# Mount in the user land $1 what a program needs: this checkout, at /mirror and read-only, and the kernel's folders.
mount_in() {
    mkdir -p "$FOLDER/$1/mirror"
    mount --bind -o ro . "$FOLDER/$1/mirror" && mount -t proc proc "$FOLDER/$1/proc" &&
        mount -t tmpfs tmpfs "$FOLDER/$1/tmp" && mount -t tmpfs tmpfs "$FOLDER/$1/dev/shm" ||
        not_run "this machine does not let it mount what a user land needs (above)"
}
