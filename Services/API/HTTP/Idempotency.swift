import Crypto
import Foundation
import Logging
import Postgres

/// Carries a request with an `Idempotency-Key` out once, and answers its repeats with the first answer.
///
/// Answers of 500 and above are not kept: the cause may pass. Nor is one without the owner's word. The same request may
/// be tried again under the key; its command keeps its message id, so that the caller learns what became of the first.
struct Idempotency: Sendable {
    let pool: PostgresPool
    let logger: Logger

    func perform(
        _ request: APIRequest, _ body: @Sendable (APIRequest) async throws -> APIAnswer
    ) async throws -> APIAnswer {
        guard let key = request.idempotencyKey else { return try await body(request) }
        let claim = IdempotencyStore.Claim(
            workspaceID: request.workspaceID, principal: request.caller.principal,
            operation: "\(request.method) \(request.path)", key: key, requestHash: request.fingerprint)
        switch try await IdempotencyStore.claim(claim, in: pool) {
        case .claimed:
            return try await carryOut(request, claim, body)
        case .answered(let status, let headers, let body):
            let replayed = APIAnswer.Header(name: "Idempotency-Replayed", value: "true")
            return APIAnswer(status: status, headers: headers + [replayed], body: .raw(body))
        case .otherRequest:
            throw Problem(
                422, "idempotency_key_reused", "The key was used for a request with another body or another If-Match.",
                field: "Idempotency-Key")
        case .running:
            throw Problem(409, "idempotency_key_running", "The first request with this key is still running.")
        }
    }

    private func carryOut(
        _ request: APIRequest, _ claim: IdempotencyStore.Claim,
        _ body: @Sendable (APIRequest) async throws -> APIAnswer
    ) async throws -> APIAnswer {
        do {
            let answer = try await body(request)
            guard answer.isLastWord else {
                await release(claim)
                return answer
            }
            try await IdempotencyStore.finish(claim, with: answer, in: pool)
            return answer
        } catch let problem as Problem where problem.status < 500 {
            let answer = APIAnswer(status: problem.status, body: problem.json(requestID: request.id))
            try await IdempotencyStore.finish(claim, with: answer, in: pool)
            throw problem
        } catch {
            await release(claim)
            throw error
        }
    }

    private func release(_ claim: IdempotencyStore.Claim) async {
        do {
            try await IdempotencyStore.release(claim, in: pool)
        } catch {
            logger.warning("idempotency key stays claimed for two minutes", metadata: ["error": "\(error)"])
        }
    }

    /// LIMIT: what Stripe takes, too.
    static func checked(_ key: String?) throws(Problem) -> String? {
        guard let key else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .invalid("Idempotency-Key", "It must be 1 to 255 visible ASCII characters.")
        }
        return key
    }
}

extension APIRequest {
    /// A hash of what has to be the same for a request under a known key to be the same one.
    var fingerprint: String {
        let condition = precondition.map { Array("\nIf-Match: \($0.text)".utf8) } ?? []
        return SHA256.hash(data: Data(body + condition)).description
    }
}
