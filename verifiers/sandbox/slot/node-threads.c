/*
 * The threads of a clone of Node. It has only the one that runs JavaScript; the others, which sleep while jobs are cloned,
 * go on where they wait as soon as something is done that may be meant for them: most jobs never need them.
 *
 * Loaded ahead of the C library, this stands between it and Node.
 */
#define _GNU_SOURCE
#include "node.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MOST_HANDLERS = 16, MOST_THREADS = 16, STACK_BYTES = 16384, MOST_TURNS = 2000 };

static bool is_clone;
/* Node has started, and runs main.cjs. */
static bool is_loaded;

/* What Node would have the C library do in the child of a fork, which no clone comes by. What is added later would have
 * threads started anew, which go on here. */
static void (*fork_handlers[MOST_HANDLERS])(void);
static size_t handler_count;

/* What the C library has by the name. */
#define REAL(name)                                                                                                     \
    ({                                                                                                                 \
        static typeof(name) *real;                                                                                     \
        if (real == NULL) real = (typeof(name) *)dlsym(RTLD_NEXT, #name);                                              \
        real;                                                                                                          \
    })

int __register_atfork(void (*before)(void), void (*in_parent)(void), void (*in_child)(void), void *object) {
    if (!is_loaded && in_child != NULL && handler_count < MOST_HANDLERS) fork_handlers[handler_count++] = in_child;
    return REAL(__register_atfork)(before, in_parent, in_child, object);
}

/* V8 would keep its heap from being copied. */
int madvise(void *from, size_t size, int advice) {
    if (!is_clone && advice == MADV_DONTFORK) return 0;
    return (int)syscall(SYS_madvise, from, size, advice);
}

/* A thread that Node has before the first job, and where it waits. */
static struct thread {
    void *(*run)(void *);
    void *argument;
    void *local; /* what the thread finds its own variables by */
    int *id;     /* where the C library keeps its number */
    bool waits;
    void *place[5]; /* not of the C library, which would first undo what the thread waits in */
    pthread_cond_t *condition;
    pthread_mutex_t *mutex;
    char stack[STACK_BYTES];
} threads[MOST_THREADS];
static size_t thread_count;
static bool has_revived;
static __thread struct thread *this_thread;

static void *begin_thread(void *argument) {
    this_thread = argument;
    this_thread->local = __builtin_thread_pointer();
    prctl(PR_GET_TID_ADDRESS, &this_thread->id, 0, 0, 0);
    return this_thread->run(this_thread->argument);
}

/* Where a clone can have the thread go on; true in one that does. */
#define WAITS_IN_CLONE(own) ((own) != NULL && !is_clone && ((own)->waits = true, __builtin_setjmp((own)->place)) != 0)

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex) {
    struct thread *own = this_thread;
    if (own != NULL && !is_clone) own->condition = condition, own->mutex = mutex;
    if (WAITS_IN_CLONE(own)) {
        pthread_mutex_lock(mutex);
        return 0; /* waiting may end without a reason at any time */
    }
    int error = REAL(pthread_cond_wait)(condition, mutex);
    if (own != NULL) own->waits = false, own->condition = NULL;
    return error;
}

int epoll_pwait(int poll, struct epoll_event *events, int most, int timeout_ms, const sigset_t *mask) {
    struct thread *own = this_thread;
    if (WAITS_IN_CLONE(own)) {
        errno = EINTR;
        return -1;
    }
    int count = REAL(epoll_pwait)(poll, events, most, timeout_ms, mask);
    if (own != NULL) own->waits = false;
    return count;
}

static int go_on_waiting(void *thread) {
    __builtin_longjmp(((struct thread *)thread)->place, 1);
}

/* The one that waited is gone, and would be woken in the place of another. */
static void forget_waiter(const struct thread *thread) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(thread->condition, &attributes);
    thread->mutex->__data.__nusers -= 1;
}

/* Has a clone get the threads that it lacks, when something is done that may be meant for them. */
static void revive_threads(void) {
    enum {
        FLAGS = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
                CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID,
    };
    if (!is_clone || has_revived) return;
    has_revived = true;
    for (size_t index = 0; index < thread_count; index++) {
        if (threads[index].waits && threads[index].condition != NULL) forget_waiter(&threads[index]);
    }
    for (size_t index = 0; index < thread_count; index++) {
        struct thread *thread = &threads[index];
        if (!thread->waits) continue;
        clone(go_on_waiting, thread->stack + STACK_BYTES, FLAGS, thread, thread->id, thread->local, thread->id);
    }
}

/* Those of a clone's own come after those that are to go on, which nobody else can so be in the way of. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument) {
    revive_threads();
    if (is_clone || thread_count == MOST_THREADS) return REAL(pthread_create)(thread, attributes, run, argument);
    struct thread *own = &threads[thread_count++];
    own->run = run;
    own->argument = argument;
    return REAL(pthread_create)(thread, attributes, begin_thread, own);
}

int pthread_cond_signal(pthread_cond_t *condition) {
    revive_threads();
    return REAL(pthread_cond_signal)(condition);
}

int pthread_cond_broadcast(pthread_cond_t *condition) {
    revive_threads();
    return REAL(pthread_cond_broadcast)(condition);
}

void note_loaded(void) {
    is_loaded = true;
}

static char state_of(const char *thread) {
    char path[288], state = '?';
    snprintf(path, sizeof path, "/proc/self/task/%s/stat", thread);
    FILE *file = fopen(path, "re");
    if (file == NULL) return state;
    if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1) state = '?';
    fclose(file);
    return state;
}

static bool others_sleep(void) {
    int asleep = 0, all = 0;
    DIR *folder = opendir("/proc/self/task");
    if (folder == NULL) return false;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        all += 1;
        asleep += state_of(entry->d_name) == 'S';
    }
    closedir(folder);
    return asleep == all - 1;
}

bool await_sleep(void) {
    const struct timespec pause = {0, 1000000};
    for (int turn = 0; turn < MOST_TURNS; turn++) {
        if (others_sleep()) return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

int *thread_number(void) {
    int *number = NULL;
    prctl(PR_GET_TID_ADDRESS, &number, 0, 0, 0);
    return number;
}

void settle_threads(int *number) {
    is_clone = true;
    *number = (int)syscall(SYS_set_tid_address, number);
    for (size_t index = 0; index < handler_count; index++) fork_handlers[index]();
}
