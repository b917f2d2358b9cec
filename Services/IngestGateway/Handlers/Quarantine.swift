import Commerce
import Foundation
import Logging
import Messaging
import Postgres
import ServiceLifecycle
import Synchronization

/// Keeps what was refused, with the reason, within a bound; what goes beyond it is counted and summed up every minute.
///
/// *Not guaranteed*: counts of the last minute of a process that is killed.
final class Quarantine: Service {
    // LIMIT: enough of a body to recognise it by.
    static let bodyBytesMax = 16 * 1024
    // LIMIT: a provider's name comes from the URL when nobody knows it.
    private static let providerCharactersMax = 64

    private let outbox: TransactionalOutbox
    private let logger: Logger
    private let budget: Mutex<QuarantineBudget>

    init(outbox: TransactionalOutbox, logger: Logger) {
        self.outbox = outbox
        self.logger = logger
        budget = Mutex(QuarantineBudget(at: .now))
    }

    /// Files a refusal. Never fails the request: what cannot be stored is logged.
    func file(
        _ reason: Rejection, _ arrival: Arrival, in workspaceID: WorkspaceID, body: [UInt8] = [], size: Int? = nil,
        at now: ContinuousClock.Instant = .now
    ) async {
        let isKnown = reason != .unknownProvider
        let kind = QuarantineBudget.Kind(
            workspaceID: workspaceID, provider: isKnown ? arrival.provider : "unknown", reason: reason)
        guard budget.withLock({ $0.admits(kind, at: now) }) else { return }
        var headers = HeaderArchive.redacted(arrival.headers)
        headers["x-stateset-body-bytes"] = "\(size ?? body.count)"
        await store(
            .init(
                provider: String(arrival.provider.prefix(Self.providerCharactersMax)), reason: reason.rawValue,
                headers: headers, body: Array(body.prefix(Self.bodyBytesMax))),
            in: workspaceID)
        logger.info(
            "webhook quarantined",
            metadata: [
                "workspace_id": "\(workspaceID)", "provider": "\(kind.provider)", "reason": "\(reason.rawValue)",
            ])
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(60))
                await self.sumUp()
            }
        }
        await sumUp()
    }

    /// Writes one row for each kind that was only counted.
    func sumUp() async {
        for (kind, count) in budget.withLock({ $0.takeSuppressed() }) {
            await store(
                .init(provider: kind.provider, reason: kind.reason.rawValue, further: count), in: kind.workspaceID)
        }
    }

    private func store(_ quarantined: ReceivedStore.Quarantined, in workspaceID: WorkspaceID) async {
        do {
            let now = outbox.clock.now
            try await outbox.pool.transaction(workspace: workspaceID.uuid) { database in
                try await ReceivedStore.quarantine(quarantined, workspaceID: workspaceID, at: now, in: database)
            }
        } catch {
            logger.warning(
                "refused webhook not quarantined",
                metadata: [
                    "workspace_id": "\(workspaceID)", "reason": "\(quarantined.reason)", "error": "\(error)",
                ])
        }
    }
}
