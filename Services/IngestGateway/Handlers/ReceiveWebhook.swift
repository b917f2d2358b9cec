import Commerce
import Contracts
import Logging
import Messaging
import Providers

/// Takes a provider's webhook: admits, verifies over the raw body, stores once, publishes.
///
/// *Guarantees*: `accepted` is returned after receipt, payload and outgoing message are committed together; the same
/// delivery, however often and however concurrently it comes, is accepted once.
/// *Failure*: throws when it cannot commit or cannot read the workspace's settings; the sender should come again.
struct ReceiveWebhook: Sendable {
    let writer: ReceiptWriter
    let workspaces: WorkspaceDirectory
    let verifiers: VerifierCache
    let rates: WorkspaceRates
    let quarantine: Quarantine
    let logger: Logger

    /// - Parameter body: reads the body; called once, and only if the request is welcome so far.
    func callAsFunction(_ arrival: Arrival, body: () async throws -> ArrivedBody) async throws -> Reception {
        guard let workspaceID = WorkspaceID(arrival.workspace), let rate = try await workspaces.rate(of: workspaceID)
        else {
            // WHY: no workspace to file it under; nothing of the URL is logged, anybody can write there.
            logger.info("webhook for an unknown workspace")
            return .rejected(.unknownWorkspace)
        }
        guard rates.admits(workspaceID, ratePerSecond: rate) else {
            return await reject(.rateExceeded, arrival, workspaceID)
        }
        guard let provider = ProviderCatalog.provider(named: arrival.provider) else {
            return await reject(.unknownProvider, arrival, workspaceID)
        }
        guard let verifier = try await verifiers.verifier(of: provider, in: workspaceID) else {
            return await reject(.providerNotSet, arrival, workspaceID)
        }
        switch try await body() {
        case .oversize(let first, let size):
            return await reject(.oversize, arrival, workspaceID, body: first, size: size)
        case .tooSlow(let first):
            return await reject(.tooSlow, arrival, workspaceID, body: first)
        case .whole(let bytes):
            return try await decide(arrival, workspaceID, bytes, verifier)
        }
    }

    private func decide(
        _ arrival: Arrival, _ workspaceID: WorkspaceID, _ body: [UInt8], _ verifier: any WebhookVerifier
    ) async throws -> Reception {
        switch verifier.verify(InboundWebhook(headers: arrival.headers, body: body)) {
        case .rejected(let reason):
            return await reject(reason.rejection, arrival, workspaceID, body: body)
        case .accepted where !JSONScanner.isValid(body):
            return await reject(.notJSON, arrival, workspaceID, body: body)
        case .accepted(let webhook) where !webhook.hasUsableNames:
            return await reject(.unusableName, arrival, workspaceID, body: body)
        case .accepted(let webhook):
            let accepted = ReceivedStore.Accepted(
                id: ReceivedID(), provider: arrival.provider, webhook: webhook,
                headers: HeaderArchive.redacted(arrival.headers), body: body)
            return try await store(accepted, workspaceID)
        }
    }

    private func store(_ accepted: ReceivedStore.Accepted, _ workspaceID: WorkspaceID) async throws -> Reception {
        let holder = try await writer.store(accepted, in: workspaceID)
        return holder == accepted.id ? .accepted(holder) : .duplicate(holder)
    }

    private func reject(
        _ reason: Rejection, _ arrival: Arrival, _ workspaceID: WorkspaceID, body: [UInt8] = [], size: Int? = nil
    ) async -> Reception {
        await quarantine.file(reason, arrival, in: workspaceID, body: body, size: size)
        return .rejected(reason)
    }
}
