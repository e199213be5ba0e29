/*
 * Serves the jobs of one slot, each in a process cloned from a warm one into namespaces of its own.
 *
 * Loaded by main.py, which the launcher starts inside bubblewrap as an unprivileged user whose only capability is
 * CAP_SYS_ADMIN of its own user namespace. It is two processes that live as long as the slot:
 *
 * - the relay speaks with the launcher, hands each job on, relays its streams, and reports how it ended;
 * - the nursery has the warm programs loaded and never reads a job: on demand it clones a first process into fresh
 *   pid and mount namespaces, ends all of the namespace after it, and tells how it ended. What the relay has read can
 *   so never be in a candidate's memory.
 *
 * A first process reads its job, mounts empty folders and gives up its rights. Then it becomes the candidate (a warm
 * program: `serve` returns in it), or starts it and waits (any other).
 *
 * A tool, a native program that many jobs start, gets a nursery of its own when a job first asks for it: the nursery
 * above starts it with tool.c loaded into it, which clones its first processes where `main` would begin. Node gets one
 * with node.c loaded into it, which clones them where main.cjs has loaded the warm programs.
 *
 * Native, because every page that the nursery or a first process writes to has to be copied, and every line of an
 * exchange crosses the relay twice.
 */
#ifndef SLOT_H
#define SLOT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

/* How early the kernel takes a process when the slot's memory runs out; the launcher tells processes apart by it. */
#define RELAY_OOM_SCORE "500"
#define JOB_OOM_SCORE "1000"

/* What a job's product is written to: a program that is asked for one finds its standard error on standard output. */
enum { PRODUCT = 9 };

/* Where a tool finds the relay, and the variable that names the libraries it is to load ahead. */
enum { TOOLS_RELAY = 3 };
#define TOOLS_LIBRARIES "ASSAY_LIBRARIES"

/* The longest order to a nursery. */
enum { ORDER_BYTES = 4096 };

/* What a first process is given: words with the relay, its standard streams, and the channel of its exchange. */
enum { WORDS, STDIN, STDOUT, STDERR, CHANNEL, FIRST_FDS };

/* The seccomp filter of every process of the slot. */
struct filter {
    const uint8_t *program;
    uint32_t bytes;
};

/* How a process ended: exit code or -1, signal or -1, CPU time in ms, peak memory in bytes. */
struct end {
    int32_t code;
    int32_t signal;
    double cpu_ms;
    int64_t peak_bytes;
};

/* What a first process becomes: a warm program by its number, its command line, and what the job adds to the
 * environment. */
struct warm_job {
    int program;
    char **argv;
    char **variables;
};

/* serve.c */
void *serve(const char *socket_path, const uint8_t *filter, uint32_t filter_bytes, int cpu);

/* relay.c */
_Noreturn void relay(int listener, int nursery);

/* nursery.c: returns only in a first process that becomes a warm program. A tool has a filter on already. */
struct warm_job nurse(int relay, struct filter filter);

/* first.c */
struct warm_job run_first(const int fds[FIRST_FDS]);

/* huge.c */
void settle_text(void);
void settle_data(void);

/* heap.c */
void settle_heap(void);

/* kernel.c */
int clone_process(unsigned long flags);
/* The processes of a slot hand each other every line. On one CPU they do so without waking another, which takes a tenth
 * of a short job, and find in its cache what they need. None is kept where the number is negative. */
void keep_to_cpu(int number);
void use_all_cpus(void);
int set_oom_score(const char *score);
int drop_capabilities(void);
int install_filter(struct filter filter);
struct end end_of(int status, const struct rusage *used);

/* bytes.c: messages, and buffers that grow. */

/* Called when memory is out or a message is broken, and never returns. In a first process it reports a fault of ours:
 * a bare exit would pass for the candidate's. */
extern void (*give_out)(const char *what);

struct bytes {
    char *data;
    size_t size;
    size_t room;
};
void append(struct bytes *bytes, const void *data, size_t size);
char *extend(struct bytes *bytes, size_t size);
void shrink(struct bytes *bytes);
bool receive_exactly(int fd, void *data, size_t size);
bool receive_message(int fd, struct bytes *message);
bool send_all(int fd, const void *data, size_t size);

/* Reads the fields of a message one after the other. A message that is too short gives out. */
struct cursor {
    const char *at;
    const char *end;
};
const char *take(struct cursor *cursor, size_t size);
uint32_t take_number(struct cursor *cursor);
uint64_t take_long(struct cursor *cursor);
/* A text of any bytes with a zero after it. */
const char *take_text(struct cursor *cursor, size_t *size);

/* exchange.c: lines with a candidate, in lock step. */
struct exchange {
    int fd;
    bool open;
    bool violated;
    /* After its lines come others, one by one from the launcher; and whether one is waited for. */
    bool talks;
    bool waits;
    struct bytes line;
    const char *next;
    const char *end;
    const char *unsent;
    size_t unsent_size;
    struct bytes partial;
    struct bytes replies;
    size_t total;
};
void start_exchange(struct exchange *exchange, int fd, bool talks, const char *lines, size_t size);
void go_on(struct exchange *exchange, const char *line, size_t size);
void close_exchange(struct exchange *exchange);
void push(struct exchange *exchange);
void take_reply(struct exchange *exchange);
void take_rest(struct exchange *exchange);

#endif
