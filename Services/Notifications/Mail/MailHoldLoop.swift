import Commerce
import Contracts
import Logging
import Messaging
import Postgres
import ServiceLifecycle

/// Looks after the workspaces whose mails are held; any number of replicas may run it.
struct MailHoldLoop: Service {
    let outbox: TransactionalOutbox
    let logger: Logger

    private static let tick = Duration.seconds(2)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    for workspace in try await outbox.pool.transaction({ try await MailHoldTurn.workspaces($0) }) {
                        await look(after: workspace)
                    }
                } catch {
                    warn(of: error)
                }
                try? await Task.sleep(for: Self.tick)
            }
        }
    }

    /// What breaks for one workspace holds no other up.
    private func look(after workspace: WorkspaceID) async {
        do {
            let context = MessageContext(workspaceID: workspace, actor: ServiceName.notifications.rawValue)
            try await outbox.transaction(context) { try await MailHoldTurn($0)() }
        } catch {
            warn(of: error, ["workspace_id": "\(workspace)"])
        }
    }

    private func warn(of error: any Error, _ metadata: Logger.Metadata = [:]) {
        guard !Task.isCancelled else { return }
        var metadata = metadata
        metadata["error"] = "\(error)"
        logger.warning("held e-mails will be looked at later", metadata: metadata)
    }
}
