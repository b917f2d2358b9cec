#ifndef STATESET_CRABBITMQ_SHIM_H
#define STATESET_CRABBITMQ_SHIM_H

#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>

/* Function-like casts in the library's macros keep these out of Swift's reach. */
static const amqp_method_number_t stateset_basic_deliver = AMQP_BASIC_DELIVER_METHOD;
static const amqp_method_number_t stateset_basic_return = AMQP_BASIC_RETURN_METHOD;
static const amqp_method_number_t stateset_basic_ack = AMQP_BASIC_ACK_METHOD;
static const amqp_method_number_t stateset_basic_nack = AMQP_BASIC_NACK_METHOD;
static const amqp_method_number_t stateset_basic_cancel = AMQP_BASIC_CANCEL_METHOD;
static const amqp_method_number_t stateset_channel_close = AMQP_CHANNEL_CLOSE_METHOD;
static const amqp_method_number_t stateset_connection_close = AMQP_CONNECTION_CLOSE_METHOD;
static const amqp_method_number_t stateset_connection_close_ok = AMQP_CONNECTION_CLOSE_OK_METHOD;
static const amqp_method_number_t stateset_connection_blocked = AMQP_CONNECTION_BLOCKED_METHOD;
static const amqp_method_number_t stateset_connection_unblocked = AMQP_CONNECTION_UNBLOCKED_METHOD;

/* The library's login is variadic, which Swift cannot call. */
static inline amqp_rpc_reply_t stateset_login(
    amqp_connection_state_t connection, const char *vhost, int frame_max, int heartbeat,
    const amqp_table_t *properties, const char *user, const char *password) {
  return amqp_login_with_properties(connection, vhost, 0, frame_max, heartbeat, properties,
                                    AMQP_SASL_METHOD_PLAIN, user, password);
}

/* Takes one frame that has already arrived; never waits. Services heartbeats. */
static inline int stateset_poll_frame(amqp_connection_state_t connection, amqp_frame_t *frame) {
  struct timeval none = {0, 0};
  return amqp_simple_wait_frame_noblock(connection, frame, &none);
}

/* Time limits in whole seconds. */
static inline int stateset_open_socket(amqp_socket_t *socket, const char *host, int port, int seconds) {
  const struct timeval limit = {seconds, 0};
  return amqp_socket_open_noblock(socket, host, port, &limit);
}
static inline int stateset_limit_handshake(amqp_connection_state_t connection, int seconds) {
  const struct timeval limit = {seconds, 0};
  return amqp_set_handshake_timeout(connection, &limit);
}
static inline int stateset_limit_requests(amqp_connection_state_t connection, int seconds) {
  const struct timeval limit = {seconds, 0};
  return amqp_set_rpc_timeout(connection, &limit);
}

/* Members of the frame's unnamed union. */
static inline amqp_method_number_t stateset_frame_method(const amqp_frame_t *frame) {
  return frame->payload.method.id;
}
static inline const void *stateset_frame_arguments(const amqp_frame_t *frame) {
  return frame->payload.method.decoded;
}
static inline uint64_t stateset_frame_body_size(const amqp_frame_t *frame) {
  return frame->payload.properties.body_size;
}
static inline const amqp_basic_properties_t *stateset_frame_properties(const amqp_frame_t *frame) {
  return (const amqp_basic_properties_t *)frame->payload.properties.decoded;
}
static inline amqp_bytes_t stateset_frame_body(const amqp_frame_t *frame) {
  return frame->payload.body_fragment;
}

/* Names the calling thread for debuggers and top; 15 characters are kept. */
static inline void stateset_name_thread(const char *name) {
  prctl(PR_SET_NAME, name, 0, 0, 0);
}

/* While corked, a TCP socket sends full segments only. A socket that cannot be corked sends as ever. */
static inline void stateset_cork(int descriptor, int corked) {
  setsockopt(descriptor, IPPROTO_TCP, TCP_CORK, &corked, sizeof corked);
}

/* Swift's Glibc module leaves eventfd out. */
static inline int stateset_signal_open(void) {
  return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}
static inline int stateset_signal_raise(int signal) {
  return eventfd_write(signal, 1);
}
static inline int stateset_signal_lower(int signal) {
  eventfd_t count;
  return eventfd_read(signal, &count);
}

#endif
