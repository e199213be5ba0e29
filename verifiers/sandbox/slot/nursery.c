/* The process that has the warm programs loaded, and clones each job's first process from itself. */
#define _GNU_SOURCE
#include "slot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STACK_BYTES = 16384 };

static int own_process;
static char *reapers_stack;

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "nursery: %s: %s\n", what, strerror(errno));
    _exit(1);
}

static int pidfd_of(pid_t pid) {
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0) fail("pidfd_open");
    return fd;
}

static int sleep_for_ever(void *unused) {
    for (;;) pause();
    return unused != NULL;
}

/*
 * Makes a pid namespace with a process 1 that does nothing but reap, and has what this process clones next be in it.
 *
 * That process shares the memory of this one, so that making it costs no copy, and sleeps in one system call.
 * Candidates can so be killed by any signal, as processes are; process 1 would be spared those of its own namespace.
 */
static pid_t enter_new_namespace(void) {
    if (setns(own_process, CLONE_NEWPID) < 0) fail("setns");
    signal(SIGCHLD, SIG_IGN); /* inherited: orphans vanish without a wait */
    pid_t reaper = clone(sleep_for_ever, reapers_stack + STACK_BYTES, CLONE_NEWPID | CLONE_VM | SIGCHLD, NULL);
    if (reaper < 0) fail("clone of process 1");
    signal(SIGCHLD, SIG_DFL);
    int its_process = pidfd_of(reaper);
    if (setns(its_process, CLONE_NEWPID) < 0) fail("setns");
    close(its_process);
    return reaper;
}

/* One order of the relay: `f` with the descriptors of a first process, `t` with the socket and the words of a tool, or
 * `k`. */
struct order {
    char type;
    char words[ORDER_BYTES];
    size_t size;
    int fds[FIRST_FDS];
};

/* False when the relay is gone. */
static bool receive_order(int relay, struct order *order) {
    union {
        char space[CMSG_SPACE(FIRST_FDS * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct iovec body[] = {{&order->type, 1}, {order->words, ORDER_BYTES - 1}};
    struct msghdr message = {.msg_iov = body, .msg_iovlen = 2, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t size = recvmsg(relay, &message, MSG_CMSG_CLOEXEC);
    if (size <= 0) return false;
    order->size = size - 1;
    order->words[order->size] = '\0';
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head != NULL) memcpy(order->fds, CMSG_DATA(head), head->cmsg_len - CMSG_LEN(0));
    return true;
}

/* A variable of the environment; never given back, as a tool is started once. */
static char *variable(const char *name, const char *value) {
    char *text = malloc(strlen(name) + strlen(value) + 2);
    if (text == NULL) fail("memory");
    sprintf(text, "%s=%s", name, value);
    return text;
}

static const char *next_word(const char *word) {
    return word + strlen(word) + 1;
}

/*
 * Starts a tool from its words: a library of ours, libraries for that to load ahead, with colons between, and the command
 * line.
 */
static void start_tool(const struct order *order) {
    int socket = order->fds[0];
    const char *library = order->words;
    const char *libraries = next_word(library);
    char *argv[ORDER_BYTES];
    size_t argc = 0;
    for (const char *word = next_word(libraries); word < order->words + order->size; word = next_word(word)) {
        argv[argc++] = (char *)word;
    }
    argv[argc] = NULL;
    size_t count = 0;
    while (environ[count] != NULL) count++;
    char *variables[count + 3];
    memcpy(variables, environ, count * sizeof *variables);
    variables[count] = variable("LD_PRELOAD", library);
    variables[count + 1] = variable(TOOLS_LIBRARIES, libraries);
    variables[count + 2] = NULL;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    int copy = fcntl(socket, F_DUPFD_CLOEXEC, 64); /* of another number, or it would be closed on the way */
    posix_spawn_file_actions_adddup2(&actions, copy, TOOLS_RELAY);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    if (setns(own_process, CLONE_NEWPID) < 0) fail("setns");
    pid_t pid;
    posix_spawnp(&pid, argv[0], &actions, &attributes, argv, variables); /* the relay hears of a failure by silence */
    close(socket);
    close(copy);
}

/* Waits for the end of a first process; kills it when the relay says so, and starts tools meanwhile. */
static struct end watch(pid_t pid, int relay) {
    struct pollfd events[] = {{pidfd_of(pid), POLLIN, 0}, {relay, POLLIN, 0}};
    struct order order;
    while (poll(events, 2, -1) < 0 || !events[0].revents) {
        if (!events[1].revents) continue;
        if (!receive_order(relay, &order)) _exit(0);
        if (order.type == 't') start_tool(&order);
        else kill(pid, SIGKILL);
    }
    close(events[0].fd);
    int status;
    struct rusage used;
    if (wait4(pid, &status, 0, &used) < 0) fail("wait4");
    return end_of(status, &used);
}

/* Bounds that are the same for every job, and kept by what is cloned. */
static void bound_all(void) {
    const struct {
        int limit;
        rlim_t value;
    } bounds[] = {{RLIMIT_CORE, 0}, {RLIMIT_NOFILE, 256}, {RLIMIT_MEMLOCK, 65536}, {RLIMIT_MSGQUEUE, 0}};
    for (size_t index = 0; index < sizeof bounds / sizeof *bounds; index++) {
        struct rlimit both = {bounds[index].value, bounds[index].value};
        if (setrlimit(bounds[index].limit, &both) < 0) fail("setrlimit");
    }
}

struct warm_job nurse(int relay, struct filter filter) {
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* else its namespaces cannot be named; its capability shields it */
    own_process = pidfd_of(getpid());
    reapers_stack = aligned_alloc(16, STACK_BYTES);
    if (reapers_stack == NULL) fail("memory");
    bound_all();
    if (filter.bytes > 0 && install_filter(filter) < 0) fail("seccomp");
    for (;;) {
        struct order order;
        if (!receive_order(relay, &order)) _exit(0);
        if (order.type == 't') start_tool(&order);
        if (order.type != 'f') continue; /* or a late order to kill what has ended */
        pid_t reaper = enter_new_namespace();
        pid_t pid = clone_process(CLONE_NEWNS);
        if (pid < 0) fail("clone");
        if (pid == 0) {
            close(relay);
            return run_first(order.fds);
        }
        for (int index = 0; index < FIRST_FDS; index++) close(order.fds[index]);
        struct end end = watch(pid, relay);
        kill(reaper, SIGKILL);
        waitpid(reaper, NULL, 0); /* returns when all of the namespace is gone */
        if (send(relay, &end, sizeof end, MSG_NOSIGNAL) < 0) _exit(0);
    }
}
