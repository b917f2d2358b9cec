import Commerce
import Contracts
import Foundation
import HTTPTransport
import ServiceKit

/// Checks what somebody wants webhooks sent to, and makes the secrets they are signed with.
struct WebhookGuard: Sendable {
    let secrets: SecretBox
    /// `host:port` of targets that may be local and plain http; in the dev stack only.
    let allowed: Set<String>
    let resolve: @Sendable (_ host: String) async throws -> [String]

    /// Failure: 422 for an address that will never be called, said here rather than with the first delivery.
    ///
    /// A name without an address passes: it may come to have one, and is checked before every call.
    func check(url text: String) async throws {
        do {
            let url = try WebhookURL(text, allowed: allowed)
            guard IPAddress(url.host) == nil else { return }
            guard let addresses = try? await resolve(url.host), !addresses.isEmpty else { return }
            try url.vet(addresses.compactMap { IPAddress($0) })
        } catch {
            throw Problem.invalid("url", error.description)
        }
    }

    /// Failure: 422 with what there is.
    static func events(_ names: [String]) throws(Problem) -> [PublicEvent] {
        guard !names.isEmpty else { throw .unknownEvent("Name at least one event.") }
        var events: [PublicEvent] = []
        for name in names {
            guard let event = PublicEvent(rawValue: name) else { throw .unknownEvent("There is no event '\(name)'.") }
            if !events.contains(event) { events.append(event) }
        }
        return events
    }

    func newSecret(for workspace: WorkspaceID) throws -> SealedText {
        let sealed = try WebhookSecret().sealed(in: secrets, for: workspace)
        return SealedText(keyID: sealed.keyID, bytes: Data(sealed.bytes))
    }

    /// As it is shown once.
    func reveal(_ secret: SealedText, of workspace: WorkspaceID) throws -> String {
        let sealed = SealedSecret(keyID: secret.keyID, bytes: Array(secret.bytes))
        return try WebhookSecret(opening: sealed, in: secrets, of: workspace).reveal()
    }
}

extension Problem {
    fileprivate static func unknownEvent(_ detail: String) -> Problem {
        var problem = Problem.invalid("events", detail)
        problem.allowed = PublicEvent.allCases.map(\.rawValue)
        return problem
    }
}
