import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

extension Endpoint {
    static func showReturnPolicy(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/return-policy", .returnsRead,
            .show("showReturnPolicy", "The return policy in force", "ReturnPolicy")
        ) { request in
            guard let policy = try await PolicyReader.current(in: request.workspaceID, pool) else {
                throw Problem(404, "not_found", "No return policy is set; PUT one.")
            }
            return .ok(.raw(policy))
        }
    }

    static func showVocabulary() -> Endpoint {
        .get(
            "/return-policy/vocabulary", .returnsRead,
            .show("showVocabulary", "What the rules of a return policy may ask and do", "ReturnVocabulary")
        ) { _ in
            .ok(.raw(String(decoding: try JSONEncoder().encode(VocabularyDocument()), as: UTF8.self)))
        }
    }

    static func setReturnPolicy(_ pool: PostgresPool, _ sender: CommandSender) -> Endpoint {
        .put(
            "/return-policy", .policiesWrite,
            Operation(
                id: "setReturnPolicy",
                summary: "Puts a return policy in force as the next version; 422 names the rule that is wrong",
                body: "ReturnPolicy", answers: [200: "AcceptedReturnPolicy"])
        ) { request in
            let warnings = try ReturnPolicy.check(request)
            let text = String(decoding: request.body, as: UTF8.self)
            let outcome = try await sender.send(
                SetReturnPolicy(policy: text), subject: "return-policy", for: request)
            switch outcome {
            case .refused(let refusal): throw Problem(refusal, allowed: [])
            case .pending: throw Problem(503, "unavailable", "The policy was sent and not answered yet; look again.")
            case .accepted:
                return .ok(try await PolicyReader.accepted(warnings, in: request.workspaceID, pool))
            }
        }
    }
}

extension ReturnPolicy {
    /// Refuses a policy before it is sent. Failure: 400 when the body is not JSON, 422 with rule and field.
    /// - Returns: what is of no use in it.
    fileprivate static func check(_ request: APIRequest) throws(Problem) -> [ReturnPolicyProblem] {
        let _: JSONObject = try request.decode()
        do {
            let reading = reading(Data(request.body))
            let policy = try reading.accepted()
            return reading.warnings + policy.untold + policy.idle
        } catch {
            throw Problem(error)
        }
    }

    /// Any JSON object.
    private struct JSONObject: Decodable {
        init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: AnyKey.self) }
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension PolicyReader {
    /// The policy in force, with the warnings about it where there are any.
    fileprivate static func accepted(
        _ warnings: [ReturnPolicyProblem], in workspaceID: WorkspaceID, _ pool: PostgresPool
    ) async throws -> JSON {
        guard let text = try await current(in: workspaceID, pool) else { return .null }
        guard !warnings.isEmpty else { return .raw(text) }
        let policy = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
        return policy.adding([.init(name: "warnings", value: .array(warnings.map(\.json)))])
    }
}

extension ReturnPolicyProblem {
    fileprivate var json: JSON {
        ["code": .string(code.rawValue), "rule": .text(rule), "field": .string(field), "message": .string(message)]
    }
}

extension Problem {
    init(_ refusal: ReturnPolicyRefusal) {
        let first = refusal.first
        self.init(
            422, first?.code.rawValue ?? "bad_policy", first?.message ?? "The policy is not usable.",
            field: first?.field)
        rule = first?.rule
    }
}
