import ArgumentParser
import Messaging
import SagaCoordinator
import Sagas
import ServiceKit

/// What is measured, each part a process of its own: `deploy/dev bench` runs them on private servers.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "The measured processes, and the load.",
        subcommands: [
            Coordinator.self, Participant.self, Migrate.self, SagaCommand.self, FinishedCommand.self,
            WebhookCommand.self, RefundCommand.self, ReturnsCommand.self, TimerCommand.self, IdleCommand.self,
        ])

    /// The saga coordinator as it is, with the measured sagas in its catalog.
    struct Coordinator: AsyncParsableCommand {
        func run() async throws {
            await ServiceBootstrap.run(name: ServiceName.sagaCoordinator) { context in
                let catalog = SagaCatalog([
                    SagaDefinition(ReturnApprovedSaga.self), SagaDefinition(SleepingSaga.self),
                ])
                return SagaCoordinatorService(context, catalog: catalog).services
            }
        }
    }

    struct Participant: AsyncParsableCommand {
        func run() async throws {
            await ServiceBootstrap.run(name: ServiceName.benchParticipant) { ParticipantService.services($0) }
        }
    }
}
