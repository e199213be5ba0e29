/* The start of a slot's two processes. */
#define _GNU_SOURCE
#include "slot.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Of the interpreter that loads this; a list is all that is asked of it. */
extern void *PyList_New(ssize_t size);
extern int PyList_SetItem(void *list, ssize_t index, void *item);
extern void *PyLong_FromLong(long value);
extern void *PyUnicode_DecodeFSDefault(const char *text);

static _Noreturn void give_up(const char *what) {
    perror(what);
    exit(1);
}

static int listen_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0) give_up(path);
    if (listen(listener, 4) < 0) give_up("listen");
    return listener;
}

/* A Python list of the words, up to the NULL after the last. */
static void *as_list(char *const words[]) {
    ssize_t count = 0;
    while (words[count] != NULL) count++;
    void *list = PyList_New(count);
    if (list == NULL) _exit(1);
    for (ssize_t index = 0; index < count; index++) {
        void *word = PyUnicode_DecodeFSDefault(words[index]);
        if (word == NULL || PyList_SetItem(list, index, word) < 0) _exit(1);
    }
    return list;
}

/* Covers the folder with the relay's socket, for this process and all that come from it. */
static void hide_socket(void) {
    unsigned long flags = MS_NOSUID | MS_NODEV | MS_RDONLY;
    if (unshare(CLONE_NEWNS) < 0 || mount("tmpfs", "/run", "tmpfs", flags, "size=4k") < 0) give_up("/run");
}

/*
 * Serves jobs at a unix socket, after a line on standard output that tells so. Returns in each process that is to
 * become a warm program, with a list: the number of the program, its command line, and variables as NAME=value.
 */
void *serve(const char *socket_path, const uint8_t *program, uint32_t program_bytes, int cpu) {
    struct filter filter = {program, program_bytes};
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) give_up("socketpair");
    if (set_oom_score(RELAY_OOM_SCORE) < 0) give_up("oom_score_adj");
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    keep_to_cpu(cpu);
    /* In a namespace of its own making, or it could not come back to it from those that it makes. */
    int nursery = clone_process(CLONE_NEWPID);
    if (nursery < 0) give_up("clone");
    if (nursery == 0) {
        close(ends[0]);
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        hide_socket();
        settle_text();
        settle_heap();
        settle_data();
        struct warm_job job = nurse(ends[1], filter);
        void *list = PyList_New(3);
        PyList_SetItem(list, 0, PyLong_FromLong(job.program));
        PyList_SetItem(list, 1, as_list(job.argv));
        PyList_SetItem(list, 2, as_list(job.variables));
        return list;
    }
    close(ends[1]);
    int listener = listen_at(socket_path);
    if (drop_capabilities() < 0 || install_filter(filter) < 0) give_up("giving up rights");
    if (write(1, "ready\n", 6) < 0) give_up("standard output");
    relay(listener, ends[0]);
}
