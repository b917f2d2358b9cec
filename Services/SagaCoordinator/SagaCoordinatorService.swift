import Messaging
import ServiceKit
import ServiceLifecycle

/// Composition root of `saga-coordinator`: sagas, their timers and deadlines, schedules.
package struct SagaCoordinatorService {
    package let services: [any Service]

    package init(_ context: ServiceContext, catalog: SagaCatalog = .all) {
        let processor = SagaProcessor(catalog: catalog, buildID: BuildID.current, logger: context.logger)
        var options = MessagingRuntime.Options()
        options.consumesReplies = true
        // LIMIT: a batch of 50 is one transaction; ten batches may wait.
        options.prefetch = 500
        // LIMIT: some eight minutes, in which a rolling deploy replaces the replicas that have no code for a new saga;
        // longer, too, than a history is left to the build that wrote it.
        options.retryPolicy.unexpectedAttemptMax = 10
        let runtime = MessagingRuntime(
            service: .sagaCoordinator, amqp: context.amqp, pool: context.postgres, publisher: context.publisher,
            clock: context.clock, handlers: processor.handlers + Self.scheduleHandlers, options: options,
            logger: context.logger)
        services =
            runtime.services + [
                DeadlineSweeper(processor: processor, outbox: runtime.outbox, logger: context.logger),
                Scheduler(outbox: runtime.outbox, logger: context.logger),
                DatabaseGauges(
                    [
                        SagaGauges.reading(on: context.postgres, context.clock),
                        HorizonGauges(pool: context.postgres).reading,
                    ], logger: context.logger),
                Housekeeping([MailRetention.chore(on: context.postgres, context.clock)], logger: context.logger),
            ]
    }

    private static let scheduleHandlers: [MessageHandler] = [
        .command(OperateScheduleHandler()), .command(ChangeScheduleHandler()),
    ]
}
