// The parts of Linux that Swift's Glibc module leaves out or imports under unusable types:
// epoll, eventfd, accept4, getrandom, socket addresses as text.
#pragma once
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Declared here, because _GNU_SOURCE would give this module another fd_set than Swift's Glibc has.
extern int accept4(int, struct sockaddr *, socklen_t *, int);
extern int pipe2(int[2], int);
extern long syscall(long, ...);
extern int pthread_setname_np(unsigned long, const char *);

static inline void sim_name_thread(const char *name) {
    pthread_setname_np((unsigned long)pthread_self(), name);
}

// Makes the calling thread so much nicer, and asks for a time slice of so many nanoseconds: of two
// threads that want a core the one with the shorter slice goes first (Linux 6.12 and later).
static inline void sim_share_core(int nicer, unsigned long long nanoseconds) {
#ifdef SYS_sched_setattr
    struct {
        unsigned int size, policy;
        unsigned long long flags;
        int nice;
        unsigned int priority;
        unsigned long long runtime, deadline, period;
    } attributes = {0};
    attributes.size = sizeof attributes;
    attributes.nice = getpriority(PRIO_PROCESS, 0) + nicer;
    if (attributes.nice > 19) attributes.nice = 19;
    attributes.runtime = nanoseconds;
    syscall(SYS_sched_setattr, 0, &attributes, 0);
#endif
}

// The core the calling thread is on; -1 when the system does not tell.
static inline int sim_current_core(void) {
    unsigned int core = 0;
    return syscall(SYS_getcpu, &core, 0, 0) == 0 ? (int)core : -1;
}

// The core that took in the socket's last packet; -1 when the system does not tell.
static inline int sim_arrival_core(int fd) {
    int core = -1;
    socklen_t length = sizeof core;
    return getsockopt(fd, SOL_SOCKET, SO_INCOMING_CPU, &core, &length) == 0 ? core : -1;
}

static const unsigned int sim_epoll_in = EPOLLIN;
static const unsigned int sim_epoll_out = EPOLLOUT;
static const unsigned int sim_epoll_closed = EPOLLERR | EPOLLHUP;

static inline int sim_errno(void) { return errno; }

static inline long long sim_monotonic_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000000000LL + t.tv_nsec;
}

static inline long long sim_realtime_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (long long)t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

// An IPv4 or IPv6 literal and a port as a socket address; 0 when the text is neither.
static inline socklen_t sim_address(
    const char *host, int port, struct sockaddr_storage *out) {
    memset(out, 0, sizeof *out);
    struct sockaddr_in *v4 = (struct sockaddr_in *)out;
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((unsigned short)port);
        return sizeof *v4;
    }
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
    if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((unsigned short)port);
        return sizeof *v6;
    }
    return 0;
}

// Writes the address as text into 64 bytes; an IPv4 address mapped into IPv6 as IPv4.
static inline void sim_address_text(const struct sockaddr_storage *address, char *text) {
    text[0] = 0;
    if (address->ss_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, 64);
    } else if (address->ss_family == AF_INET6) {
        const struct in6_addr *a = &((const struct sockaddr_in6 *)address)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(a)) inet_ntop(AF_INET, &a->s6_addr[12], text, 64);
        else inet_ntop(AF_INET6, a, text, 64);
    }
}

static inline int sim_address_port(const struct sockaddr_storage *address) {
    if (address->ss_family == AF_INET)
        return ntohs(((const struct sockaddr_in *)address)->sin_port);
    return ntohs(((const struct sockaddr_in6 *)address)->sin6_port);
}

static inline void sim_set_port(struct sockaddr_storage *address, int port) {
    if (address->ss_family == AF_INET)
        ((struct sockaddr_in *)address)->sin_port = htons((unsigned short)port);
    else
        ((struct sockaddr_in6 *)address)->sin6_port = htons((unsigned short)port);
}

static inline int sim_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static inline int sim_bind(int fd, const struct sockaddr_storage *address, socklen_t length) {
    return bind(fd, (const struct sockaddr *)address, length);
}

static inline int sim_connect(int fd, const struct sockaddr_storage *address, socklen_t length) {
    return connect(fd, (const struct sockaddr *)address, length);
}

static inline int sim_accept(int fd, struct sockaddr_storage *peer) {
    socklen_t length = sizeof *peer;
    return accept4(fd, (struct sockaddr *)peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

static inline int sim_local_port(int fd) {
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &length) != 0) return -1;
    return sim_address_port(&address);
}

static inline int sim_set_option(int fd, int level, int name, int value) {
    return setsockopt(fd, level, name, &value, sizeof value);
}

static inline int sim_reuse_address(int fd) {
    return sim_set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

static inline int sim_reuse_port(int fd) {
    return sim_set_option(fd, SOL_SOCKET, SO_REUSEPORT, 1);
}

static inline int sim_no_delay(int fd) {
    return sim_set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
}

// The pending error of a socket, cleared; 0 for none.
static inline int sim_socket_error(int fd) {
    int value = 0;
    socklen_t length = sizeof value;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &value, &length) == 0 ? value : errno;
}

static inline long sim_send(int fd, const void *bytes, size_t count) {
    return send(fd, bytes, count, MSG_NOSIGNAL);
}

// Resolves a name to at most `limit` TCP addresses; the count, or a negative getaddrinfo code.
static inline int sim_resolve(
    const char *host, struct sockaddr_storage *out, int limit) {
    struct addrinfo hints, *list = 0;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    int code = getaddrinfo(host, 0, &hints, &list);
    if (code != 0) return code < 0 ? code : -code;
    int count = 0;
    for (struct addrinfo *a = list; a && count < limit; a = a->ai_next) {
        if (a->ai_addrlen > sizeof *out) continue;
        memset(&out[count], 0, sizeof *out);
        memcpy(&out[count++], a->ai_addr, a->ai_addrlen);
    }
    freeaddrinfo(list);
    return count;
}

// An empty file descriptor that can be given up when all others are taken.
static inline int sim_reserve_descriptor(void) { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

// Lifts the soft limit of open files to the hard one, at most 65,536; shells often start at 1,024.
static inline void sim_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    rlim_t wanted = limit.rlim_max < 65536 ? limit.rlim_max : 65536;
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static inline int sim_ignore_sigpipe(void) { return signal(SIGPIPE, SIG_IGN) == SIG_ERR ? -1 : 0; }

static inline void sim_end_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
}

static inline void sim_block_end_signals(void) {
    sigset_t set;
    sim_end_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, 0);
}

// The next SIGINT or SIGTERM; 0 when waiting is impossible.
static inline int sim_wait_end_signal(void) {
    sigset_t set;
    int number = 0;
    sim_end_signals(&set);
    return sigwait(&set, &number) == 0 ? number : 0;
}

static inline int sim_pipe(int *ends) { return pipe2(ends, O_NONBLOCK | O_CLOEXEC); }

// Gives memory the process has dropped back to the machine.
static inline void sim_give_back_memory(void) { malloc_trim(0); }
