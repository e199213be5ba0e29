/* The process that speaks with who has the slot, a client or the launcher: it hands jobs on and relays their streams.
 * It has no rights. */
#define _GNU_SOURCE
#include "slot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536, MOST_NURSERIES = 16, LOADING_MS = 20000 };
/* Jobs that may wait here; with how few left the client is told at once of those that are over, and how late it is else. */
enum { MOST_AHEAD = 8, FEW_AHEAD = 2, LATEST_MS = 20 };
/* What the relay waits for. */
enum { FROM_NURSERY, FROM_CLIENT, TO_STDIN, FROM_STDOUT, FROM_STDERR, WITH_CHANNEL, SOURCES };

/* One of the output streams of a job. */
struct stream {
    int fd;
    char type;
    uint64_t count;
};

/* Our ends of all that leads to a first process which waits for its job. */
struct first {
    bool waits;
    int words, channel, stdin, stdout, stderr;
};

/* That of the warm programs, and after it those of tools; without a socket for a tool that could not be loaded. */
static struct nursery {
    int socket;
    struct first first;
} nurseries[MOST_NURSERIES];
static uint32_t nursery_count = 1;

/* Jobs that came while another one ran, in their order. */
static struct ahead {
    struct bytes message;
    uint32_t number;
    bool is_killed;
} ahead[MOST_AHEAD];
static size_t ahead_count;

static struct {
    struct nursery *nursery;
    int client;
    uint32_t number;
    int words;
    int channel;
    int stdin;
    struct stream out, err;
    double started_ms;
    bool is_killed;
    /* What the job brought. */
    struct bytes message;
    uint64_t cap;
    bool exchanges;
    const char *input;
    size_t input_size;
    struct exchange exchange;
    /* What came of it. */
    bool flooded;
    bool ended;
    struct end end, own_end;
    bool has_own_end;
    struct bytes fault;
    /* What the client has not been sent yet, and when it is to be if that tells of a job's end; else 0. */
    struct bytes outgoing;
    double due_ms;
} now;

static void must(int result, const char *what) {
    if (result >= 0) return;
    perror(what);
    _exit(1);
}

static double now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void drop(int *fd) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

/* Orders something of a nursery: a type and words, and descriptors to go with it. */
static void order(int nursery, char type, const char *words, size_t size, const int *fds, size_t fd_count) {
    union {
        char space[CMSG_SPACE(FIRST_FDS * sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct iovec body[] = {{&type, 1}, {(char *)words, size}};
    struct msghdr message = {.msg_iov = body, .msg_iovlen = 2, .msg_control = &control};
    message.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(fd_count * sizeof(int));
    memcpy(CMSG_DATA(head), fds, fd_count * sizeof(int));
    must((int)sendmsg(nursery, &message, MSG_NOSIGNAL), "the nursery");
}

/* Has a nursery clone a first process, which waits for its job. */
static void order_first(struct nursery *nursery) {
    if (nursery->first.waits) return;
    int words[2], channel[2], in[2], out[2], err[2];
    must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, words), "socketpair");
    must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel), "socketpair");
    must(pipe2(in, O_CLOEXEC), "pipe");
    must(pipe2(out, O_CLOEXEC), "pipe");
    must(pipe2(err, O_CLOEXEC), "pipe");
    const int theirs[FIRST_FDS] = {words[1], in[0], out[1], err[1], channel[1]};
    order(nursery->socket, 'f', "", 0, theirs, FIRST_FDS);
    for (int index = 0; index < FIRST_FDS; index++) close(theirs[index]);
    nursery->first = (struct first){true, words[0], channel[0], in[1], out[0], err[0]};
}

static void take_first(struct nursery *nursery) {
    order_first(nursery);
    const struct first *first = &nursery->first;
    now.nursery = nursery;
    now.words = first->words;
    now.channel = first->channel;
    now.stdin = first->stdin;
    now.out = (struct stream){first->stdout, 'o', 0};
    now.err = (struct stream){first->stderr, 'e', 0};
    nursery->first.waits = false;
}

/* The socket of a new nursery for a tool; -1 where it does not say that it is ready. */
static int load_tool(const char *words, size_t size) {
    int ends[2];
    char ready;
    if (size >= ORDER_BYTES) return -1;
    must(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), "socketpair");
    order(nurseries[0].socket, 't', words, size, &ends[1], 1);
    close(ends[1]);
    struct pollfd answer = {ends[0], POLLIN, 0};
    if (poll(&answer, 1, LOADING_MS) == 1 && recv(ends[0], &ready, 1, 0) == 1) return ends[0];
    close(ends[0]);
    return -1;
}

/* What messages to and from the client begin with: a type, and the size of what follows. */
struct __attribute__((packed)) head {
    char type;
    uint32_t size;
};

/* One message of the client: its type, and the number of the job that it is about; 0 when there is no client. */
static char receive_from_client(struct bytes *message, uint32_t *number) {
    struct head head;
    if (!receive_exactly(now.client, &head, sizeof head)) return 0;
    message->size = 0;
    bool whole = receive_exactly(now.client, extend(message, head.size), head.size);
    if (!whole || message->size < sizeof *number) return 0;
    memcpy(number, message->data, sizeof *number);
    return head.type;
}

static void flush(void) {
    send_all(now.client, now.outgoing.data, now.outgoing.size);
    shrink(&now.outgoing);
    now.due_ms = 0;
}

/* A message to the client. What is short waits for more: the end of most jobs is one piece. */
static void tell(char type, const void *body, size_t size) {
    const struct head head = {type, (uint32_t)size};
    append(&now.outgoing, &head, sizeof head);
    append(&now.outgoing, body, size);
    if (now.outgoing.size > CHUNK) flush();
}

/* One client at a time is served. */
static void await_client(int listener) {
    if (now.client > 0) close(now.client);
    now.client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    must(now.client, "accept");
}

static void exchange_bytes(struct bytes *one, struct bytes *other) {
    struct bytes its = *one;
    *one = *other;
    *other = its;
}

static void put_ahead(struct bytes *message, uint32_t number) {
    if (ahead_count == MOST_AHEAD) _exit(1);
    struct ahead *last = &ahead[ahead_count++];
    exchange_bytes(&last->message, message);
    last->number = number;
    last->is_killed = false;
}

static bool take_ahead(void) {
    if (ahead_count == 0) return false;
    exchange_bytes(&now.message, &ahead[0].message);
    now.number = ahead[0].number;
    now.is_killed = ahead[0].is_killed;
    struct ahead emptied = ahead[0];
    memmove(ahead, ahead + 1, --ahead_count * sizeof *ahead);
    ahead[ahead_count] = emptied;
    return true;
}

/* Until a job comes: other clients, tools to be loaded, each with a word when that is over, and what is about a job that
 * is over. */
static void await_job(int listener) {
    if (take_ahead()) return;
    now.is_killed = false;
    for (char type; (type = receive_from_client(&now.message, &now.number)) != 'j';) {
        if (type == 0) await_client(listener);
        if (type != 'p') continue;
        size_t words = now.message.size - sizeof now.number;
        if (nursery_count < MOST_NURSERIES)
            nurseries[nursery_count++].socket = load_tool(now.message.data + sizeof now.number, words);
        tell('p', NULL, 0);
        flush();
    }
}

/* The nursery that a job asks for by its number. Where a tool could not be loaded, its job starts it. */
static void choose_nursery(uint32_t number, char *orders) {
    bool is_there = number < nursery_count && nurseries[number].socket >= 0;
    const int32_t none = -1;
    if (!is_there) memcpy(orders, &none, sizeof none);
    take_first(&nurseries[is_there ? number : 0]);
}

static void kill_job(void) {
    send(now.nursery->socket, "k", 1, MSG_NOSIGNAL);
}

static void start_job(void) {
    now.started_ms = now_ms();
    struct cursor cursor = {now.message.data + sizeof now.number, now.message.data + now.message.size};
    uint32_t nursery = take_number(&cursor);
    now.cap = take_long(&cursor);
    now.exchanges = take_number(&cursor) != 0;
    bool talks = take_number(&cursor) != 0;
    uint32_t size = take_number(&cursor);
    const char *orders = take(&cursor, size);
    choose_nursery(nursery, (char *)orders);
    /* A first process that has ended already does not read it; how it ended is told by the nursery. */
    send_all(now.words, orders - sizeof size, size + sizeof size);
    now.input = take_text(&cursor, &now.input_size);
    size_t lines_size;
    const char *lines = take_text(&cursor, &lines_size);
    if (now.exchanges) start_exchange(&now.exchange, now.channel, talks, lines, lines_size);
    else close(now.channel), now.exchange.waits = false;
    now.flooded = now.ended = now.has_own_end = false;
    now.fault.size = 0;
    if (now.input_size > 0) fcntl(now.stdin, F_SETFL, O_NONBLOCK);
    else drop(&now.stdin);
    if (now.is_killed) kill_job();
}

static void kill_number(uint32_t number) {
    if (number == now.number) return kill_job();
    for (size_t index = 0; index < ahead_count; index++) ahead[index].is_killed |= ahead[index].number == number;
}

/* The client says the next line of a talk or its end, that a job is to end, or what is the next one. One that leaves its
 * job is lost. */
static void obey(void) {
    static struct bytes message;
    uint32_t number;
    char type = receive_from_client(&message, &number);
    if (type == 0) _exit(0);
    if (type == 'j') return put_ahead(&message, number);
    if (type == 'k') return kill_number(number);
    if (number != now.number) return;
    if (!now.exchanges || !now.exchange.open || !now.exchange.waits) return;
    if (type == 'l') go_on(&now.exchange, message.data + sizeof number, message.size - sizeof number);
    else close_exchange(&now.exchange);
}

/* What the first process said before its end: how the candidate ended, or a fault. */
static void hear(void) {
    char word[1024];
    ssize_t count = recv(now.words, word, sizeof word, 0);
    if (count <= 0) return drop(&now.words);
    if (word[0] == 'e' && (size_t)count == 1 + sizeof now.own_end) {
        memcpy(&now.own_end, word + 1, sizeof now.own_end);
        now.has_own_end = true;
    } else if (word[0] == 'f') {
        append(&now.fault, word + 1, count - 1);
    }
}

static void conclude(void) {
    if (recv(now.nursery->socket, &now.end, sizeof now.end, 0) != sizeof now.end) _exit(1);
    now.ended = true;
}

/* Writes what fits of the rest of standard input, and closes it at its end. */
static void feed(void) {
    ssize_t count = write(now.stdin, now.input, now.input_size);
    if (count < 0 && errno == EAGAIN) return;
    size_t done = count < 0 ? now.input_size : (size_t)count;
    now.input += done;
    now.input_size -= done;
    if (now.input_size == 0) drop(&now.stdin);
}

/* Passes on what came of an output stream, up to the cap. */
static bool pass_on(struct stream *stream) {
    static char data[CHUNK];
    ssize_t size = read(stream->fd, data, sizeof data);
    if (size <= 0) {
        drop(&stream->fd);
        return false;
    }
    uint64_t room = stream->count < now.cap ? now.cap - stream->count : 0;
    stream->count += size;
    if (room > 0) tell(stream->type, data, room < (uint64_t)size ? room : (uint64_t)size);
    if (!now.flooded && stream->count > 4 * now.cap) {
        now.flooded = true;
        kill_job();
    }
    return true;
}

/* The client keeps the replies, not this small process. */
static void release_replies(char type) {
    struct bytes *replies = &now.exchange.replies;
    if (replies->size > 0) tell(type, replies->data, replies->size);
    replies->size = 0;
}

static void step(short events) {
    if (events & POLLOUT) push(&now.exchange);
    if (now.exchange.open && (events & ~POLLOUT)) take_reply(&now.exchange);
    if (now.exchange.waits) release_replies('t'), flush();
    else if (now.exchange.replies.size > CHUNK) release_replies('x');
    if (now.exchange.violated) kill_job();
}

/* What to wait for: nothing of what has ended. */
static void watch(struct pollfd sources[SOURCES]) {
    const struct exchange *exchange = &now.exchange;
    bool exchanging = now.exchanges && exchange->open && !exchange->violated;
    const struct pollfd wanted[SOURCES] = {
        [FROM_NURSERY] = {now.nursery->socket, POLLIN, 0},
        [FROM_CLIENT] = {now.client, POLLIN, 0},
        [TO_STDIN] = {now.stdin, POLLOUT, 0},
        [FROM_STDOUT] = {now.out.fd, POLLIN, 0},
        [FROM_STDERR] = {now.err.fd, POLLIN, 0},
        [WITH_CHANNEL] = {exchanging ? exchange->fd : -1, exchange->unsent_size > 0 ? POLLIN | POLLOUT : POLLIN, 0},
    };
    memcpy(sources, wanted, sizeof wanted);
}

/* How long to wait until the client is to hear of the jobs that are over; -1 where it has, at the latest now. */
static int patience_ms(void) {
    if (now.due_ms == 0) return -1;
    double left = now.due_ms - now_ms();
    if (left > 0) return (int)left + 1;
    flush();
    return -1;
}

/* Relays the streams of the job within their bounds until it ends. */
static void attend(void) {
    struct pollfd sources[SOURCES];
    while (!now.ended) {
        watch(sources);
        if (poll(sources, SOURCES, patience_ms()) <= 0) continue;
        if (sources[FROM_CLIENT].revents) obey();
        if (sources[TO_STDIN].revents) feed();
        if (sources[FROM_STDOUT].revents) pass_on(&now.out);
        if (sources[FROM_STDERR].revents) pass_on(&now.err);
        if (sources[WITH_CHANNEL].revents) step(sources[WITH_CHANNEL].revents);
        if (sources[FROM_NURSERY].revents) conclude();
    }
}

/* See readReport of relay-connection.ts. */
static void report(void) {
    const struct end *end = now.has_own_end ? &now.own_end : &now.end;
    const struct {
        int32_t code, signal, flooded, violated;
        double cpu_ms, wall_ms;
        uint64_t stdout_bytes, stderr_bytes;
        int64_t peak_bytes;
    } body = {
        end->code, end->signal, now.flooded, now.exchanges && now.exchange.violated,
        end->cpu_ms, now_ms() - now.started_ms, now.out.count, now.err.count, end->peak_bytes,
    };
    if (now.fault.size > 0) tell('f', now.fault.data, now.fault.size);
    else tell('r', &body, sizeof body);
    if (ahead_count <= FEW_AHEAD) flush();
    else if (now.due_ms == 0) now.due_ms = now_ms() + LATEST_MS;
}

/* No writer is left, so that every stream has its end. */
static void drain(void) {
    while (now.words >= 0 && !now.has_own_end && now.fault.size == 0) hear();
    if (now.exchanges) take_rest(&now.exchange);
    while (!now.flooded && now.out.fd >= 0 && pass_on(&now.out)) {}
    while (!now.flooded && now.err.fd >= 0 && pass_on(&now.err)) {}
    if (now.exchanges) release_replies('x');
}

static void close_all(void) {
    int *fds[] = {&now.words, &now.stdin, &now.out.fd, &now.err.fd};
    for (size_t index = 0; index < sizeof fds / sizeof *fds; index++) drop(fds[index]);
    shrink(&now.message);
    shrink(&now.exchange.line);
    shrink(&now.exchange.partial);
    shrink(&now.exchange.replies);
}

void relay(int listener, int nursery) {
    nurseries[0].socket = nursery;
    order_first(&nurseries[0]);
    await_client(listener);
    for (;;) {
        await_job(listener);
        start_job();
        attend();
        drain();
        report();
        close_all();
        order_first(now.nursery);
    }
}
