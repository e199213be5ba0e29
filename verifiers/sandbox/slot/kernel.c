/* What the processes of a slot ask of the kernel. */
#define _GNU_SOURCE
#include "slot.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Like fork(), which takes no flags. What that does for threads is not needed: there is but one. */
int clone_process(unsigned long flags) {
    return (int)syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
}

static cpu_set_t all_cpus;

void keep_to_cpu(int number) {
    if (number < 0 || sched_getaffinity(0, sizeof all_cpus, &all_cpus) < 0) return;
    number %= CPU_COUNT(&all_cpus);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &all_cpus) || number-- > 0) continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof one, &one);
        return;
    }
}

void use_all_cpus(void) {
    if (CPU_COUNT(&all_cpus) > 0) sched_setaffinity(0, sizeof all_cpus, &all_cpus);
}

int set_oom_score(const char *score) {
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t written = write(fd, score, strlen(score));
    close(fd);
    return written < 0 ? -1 : 0;
}

/* Bubblewrap has emptied the bounding set, so that none can come back. */
int drop_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
    return (int)syscall(SYS_capset, &header, none);
}

int install_filter(struct filter filter) {
    struct sock_fprog program = {filter.bytes / sizeof(struct sock_filter), (struct sock_filter *)filter.program};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

struct end end_of(int status, const struct rusage *used) {
    double seconds = used->ru_utime.tv_sec + used->ru_stime.tv_sec;
    double micros = used->ru_utime.tv_usec + used->ru_stime.tv_usec;
    return (struct end){
        .code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        .signal = WIFSIGNALED(status) ? WTERMSIG(status) : -1,
        .cpu_ms = seconds * 1e3 + micros / 1e3,
        .peak_bytes = (int64_t)used->ru_maxrss * 1024,
    };
}
