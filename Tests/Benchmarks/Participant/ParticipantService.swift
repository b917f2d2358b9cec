import Messaging
import ServiceKit
import ServiceLifecycle

/// The process that answers the measured saga's commands: the ordinary messaging runtime, nothing else.
enum ParticipantService {
    static func services(_ context: ServiceContext) -> [any Service] {
        var options = MessagingRuntime.Options()
        // LIMIT: its handlers are all local, so that this bounds what waits, not what runs side by side.
        options.prefetch = 200
        return MessagingRuntime(
            service: .benchParticipant, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock,
            handlers: [
                .command(RecordEffect<CreateReturn>()), .command(RecordEffect<GenerateLabel>()),
                .command(RecordEffect<AttachLabel>()), .command(RecordEffect<CancelSubscription>()),
                .command(RecordEffect<MatchReturn>()), .command(RecordEffect<RefundOrder>()),
            ], options: options, logger: context.logger
        ).services
    }
}
