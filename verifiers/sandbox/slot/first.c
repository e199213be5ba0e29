/* The first process of a job: it reads the job, gives up its rights, and becomes or starts the candidate. */
#define _GNU_SOURCE
#include "slot.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What the launcher wrote for a first process, see relay-connection.ts. `warm` is the number of a program or -1. */
struct job {
    int32_t warm;
    bool exchange;
    bool product;
    uint64_t disk_bytes;
    uint64_t data_bytes;
    uint32_t cpu_seconds;
    uint32_t processes;
    char **argv;
    char **variables;
    struct cursor files;
};

/* Those that a Python process does not leave as it found them. */
static const int pythons_signals[] = {SIGPIPE, SIGXFSZ, SIGINT};

static int words;
static struct job job;

/* Tells the relay `f`, the code of an error of ours, and what happened. */
static _Noreturn void fault(const char *code, const char *format, ...) {
    char text[1024];
    int size = snprintf(text, sizeof text, "f%s\n", code);
    va_list values;
    va_start(values, format);
    size += vsnprintf(text + size, sizeof text - size, format, values);
    va_end(values);
    send_all(words, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
    _exit(0);
}

static void fault_of_ours(const char *what) {
    fault("SANDBOX_FAULT", "%s", what);
}

static void must(int result, const char *what) {
    if (result < 0) fault("SANDBOX_FAULT", "%s: %s", what, strerror(errno));
}

static char **take_words(struct cursor *cursor) {
    uint32_t count = take_number(cursor);
    char **list = calloc((size_t)count + 1, sizeof *list);
    if (list == NULL) give_out("memory");
    for (uint32_t index = 0; index < count; index++) list[index] = (char *)take_text(cursor, NULL);
    return list;
}

static void read_job(void) {
    struct bytes message = {0};
    if (!receive_message(words, &message)) _exit(0);
    struct cursor cursor = {message.data, message.data + message.size};
    job.warm = (int32_t)take_number(&cursor);
    job.exchange = take_number(&cursor) != 0;
    job.product = take_number(&cursor) != 0;
    job.disk_bytes = take_long(&cursor);
    job.data_bytes = take_long(&cursor);
    job.cpu_seconds = take_number(&cursor);
    job.processes = take_number(&cursor);
    job.argv = take_words(&cursor);
    job.variables = take_words(&cursor);
    job.files = cursor;
}

static void mount_folders(void) {
    char size[96];
    snprintf(size, sizeof size, "size=%llu,nr_inodes=16384,mode=755", (unsigned long long)job.disk_bytes);
    const struct {
        const char *kind, *target, *options;
        unsigned long flags;
    } folders[] = {
        {"tmpfs", "/work", size, MS_NOSUID | MS_NODEV},
        {"tmpfs", "/tmp", size, MS_NOSUID | MS_NODEV},
        {"tmpfs", "/dev/shm", size, MS_NOSUID | MS_NODEV},
        {"proc", "/proc", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY},
    };
    for (size_t index = 0; index < sizeof folders / sizeof *folders; index++) {
        const char *target = folders[index].target;
        must(mount(folders[index].kind, target, folders[index].kind, folders[index].flags, folders[index].options), target);
    }
}

static void make_parents(const char *path) {
    char *copy = strdup(path);
    for (char *slash = strchr(copy, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0777) < 0 && errno != EEXIST) must(-1, path);
        *slash = '/';
    }
    free(copy);
}

static void write_file(const char *path, const char *content, size_t size) {
    make_parents(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    must(fd, path);
    while (size > 0) {
        ssize_t count = write(fd, content, size);
        must((int)(count < 0 ? -1 : 0), path);
        content += count, size -= count;
    }
    close(fd);
}

static void write_files(void) {
    must(chdir("/work"), "/work");
    for (uint32_t left = take_number(&job.files); left > 0; left--) {
        size_t size;
        const char *path = take_text(&job.files, NULL);
        const char *content = take_text(&job.files, &size);
        write_file(path, content, size);
    }
}

static void bound(int limit, rlim_t value) {
    struct rlimit both = {value, value};
    must(setrlimit(limit, &both), "setrlimit");
}

/* Takes from this process what no candidate may have; what it starts inherits the lack. The filter is on already. */
static void restrict_rights(void) {
    bound(RLIMIT_CPU, job.cpu_seconds);
    bound(RLIMIT_FSIZE, job.disk_bytes);
    bound(RLIMIT_NPROC, job.processes);
    if (job.data_bytes > 0) bound(RLIMIT_DATA, job.data_bytes);
    must(drop_capabilities(), "capset");
    must(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), "dumpable"); /* else its own files in /proc are root's */
}

/* A copy that no standard number hides. */
static int above(int fd) {
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 64);
    must(copy, "dup");
    return copy;
}

static void become_warm(const int streams[], int count) {
    setsid();
    int copies[FIRST_FDS];
    for (int number = 0; number < count; number++) copies[number] = above(streams[number]);
    for (int number = 0; number < count; number++) must(dup2(copies[number], number), "dup2");
    close_range(count, ~0U, 0);
    if (job.product) {
        must(dup2(1, PRODUCT), "dup2");
        must(dup2(2, 1), "dup2");
    }
    for (char **entry = job.variables; *entry != NULL; entry++) putenv(*entry);
}

/* Starts the program of a job without copying this process. */
static pid_t start_program(char *const argv[], const int streams[], int count) {
    posix_spawn_file_actions_t moves;
    posix_spawn_file_actions_init(&moves);
    for (int number = 0; number < count; number++) {
        posix_spawn_file_actions_adddup2(&moves, above(streams[number]), number);
    }
    if (job.product) {
        posix_spawn_file_actions_adddup2(&moves, 1, PRODUCT);
        posix_spawn_file_actions_adddup2(&moves, 2, 1);
    }
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    for (size_t index = 0; index < sizeof pythons_signals / sizeof *pythons_signals; index++) {
        sigaddset(&defaults, pythons_signals[index]);
    }
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF);
    pid_t pid;
    errno = posix_spawnp(&pid, argv[0], &moves, &attributes, argv, environ);
    if (errno == 0) return pid;
    bool own = strncmp(argv[0], "/work/", 6) == 0 || argv[0][0] == '.';
    if (!own) fault("TOOL_MISSING", "cannot start %s: %s", argv[0], strerror(errno));
    char *const failure[] = {"false", NULL}; /* what a candidate made and cannot be started is its own failure */
    return start_program(failure, streams, count);
}

/* Reaps until the program ends, ends what it left, and tells its end with the usage of all. */
static _Noreturn void wait_for(pid_t program) {
    int status, its_status = 0;
    for (pid_t pid; (pid = wait(&status)) > 0 || errno == EINTR;) {
        if (pid != program) continue;
        its_status = status;
        kill(-1, SIGKILL);
    }
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    struct __attribute__((packed)) {
        char type;
        struct end end;
    } word = {'e', end_of(its_status, &used)};
    send_all(words, &word, sizeof word);
    _exit(0);
}

static _Noreturn void run_program(const int streams[], int count) {
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* the program is of the same user */
    use_all_cpus();
    for (char **entry = job.variables; *entry != NULL; entry++) putenv(*entry);
    pid_t pid = start_program(job.argv, streams, count);
    for (int number = 0; number < count; number++) close(streams[number]);
    close_range(64, ~0U, 0);
    wait_for(pid);
}

struct warm_job run_first(const int fds[FIRST_FDS]) {
    words = fds[WORDS];
    give_out = fault_of_ours;
    must(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "pdeathsig");
    must(set_oom_score(JOB_OOM_SCORE), "oom_score_adj");
    read_job();
    mount_folders();
    write_files();
    restrict_rights();
    const int *streams = fds + STDIN;
    int count = job.exchange ? 4 : 3;
    if (job.warm < 0) run_program(streams, count);
    become_warm(streams, count);
    return (struct warm_job){job.warm, job.argv, job.variables};
}
