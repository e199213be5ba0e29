/* The descriptors of Node's own: each clone gets others in their places, which it shares with nobody. */
#define _GNU_SOURCE
#include "node.h"
#include "slot.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { MOST_FDS = 64, TEXT_BYTES = 64 };
static const char POLL[] = "anon_inode:[eventpoll]", EVENT[] = "anon_inode:[eventfd]", PIPE[] = "pipe:",
                  NOTHING[] = "/dev/null";

/* A descriptor, by what its link in /proc says; the other end of a pipe, or 0. */
static struct own_fd {
    char kind[TEXT_BYTES];
    int other_end;
} own_fds[MOST_FDS];

/* What the event loops watch. */
static struct watched {
    int poll, fd;
    struct epoll_event event;
} watched[MOST_FDS];
static size_t watched_count;

static void note_watched(int poll) {
    char path[TEXT_BYTES], line[256];
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", poll);
    FILE *file = fopen(path, "re");
    struct watched one = {.poll = poll};
    unsigned long long data;
    while (file != NULL && watched_count < MOST_FDS && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "tfd: %d events: %x data: %llx", &one.fd, &one.event.events, &data) != 3) continue;
        one.event.data.u64 = data;
        watched[watched_count++] = one;
    }
    if (file != NULL) fclose(file);
}

static bool is_kind(int fd, const char *kind) {
    return strncmp(own_fds[fd].kind, kind, strlen(kind)) == 0;
}

static bool note_fd(int fd) {
    char path[TEXT_BYTES];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (readlink(path, own_fds[fd].kind, TEXT_BYTES - 1) < 0) return true;
    if (is_kind(fd, POLL)) note_watched(fd);
    for (int other = TOOLS_RELAY + 1; is_kind(fd, PIPE) && other < fd; other++) {
        if (is_kind(other, own_fds[fd].kind)) own_fds[fd].other_end = other;
    }
    return is_kind(fd, POLL) || is_kind(fd, EVENT) || is_kind(fd, PIPE) || is_kind(fd, NOTHING);
}

bool note_fds(void) {
    for (int fd = TOOLS_RELAY + 1; fd < MOST_FDS; fd++) {
        if (!note_fd(fd)) return false;
    }
    return fcntl(0, F_DUPFD_CLOEXEC, MOST_FDS) == MOST_FDS; /* none has a higher number; closed with all others */
}

static void put(int fd, int place) {
    if (fd < 0) give_out("a descriptor");
    if (fd == place) return;
    dup3(fd, place, O_CLOEXEC);
    close(fd);
}

static void put_pipe(int reading, int writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) give_out("a pipe");
    int copy = fcntl(ends[1], F_DUPFD_CLOEXEC, MOST_FDS); /* where the other end does not come */
    close(ends[1]);
    put(ends[0], reading);
    put(copy, writing);
}

void renew_fds(void) {
    for (int fd = TOOLS_RELAY + 1; fd < MOST_FDS; fd++) {
        if (is_kind(fd, POLL)) put(epoll_create1(EPOLL_CLOEXEC), fd);
        else if (is_kind(fd, EVENT)) put(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), fd);
        else if (is_kind(fd, NOTHING)) put(open("/dev/null", O_RDWR | O_CLOEXEC), fd);
        else if (own_fds[fd].other_end > 0) put_pipe(own_fds[fd].other_end, fd);
    }
    for (size_t index = 0; index < watched_count; index++) {
        epoll_ctl(watched[index].poll, EPOLL_CTL_ADD, watched[index].fd, &watched[index].event);
    }
}
