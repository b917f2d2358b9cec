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

    static func setReturnPolicy(_ pool: PostgresPool, _ sender: CommandSender) -> Endpoint {
        .put(
            "/return-policy", .policiesWrite,
            Operation(
                id: "setReturnPolicy",
                summary: "Puts a return policy in force as the next version; 422 names the rule that is wrong",
                body: "ReturnPolicy", answers: [200: "ReturnPolicy"])
        ) { request in
            try ReturnPolicy.check(request)
            let text = String(decoding: request.body, as: UTF8.self)
            let outcome = try await sender.send(
                SetReturnPolicy(policy: text), subject: "return-policy", for: request)
            switch outcome {
            case .refused(let refusal): throw Problem(refusal, allowed: [])
            case .pending: throw Problem(503, "unavailable", "The policy was sent and not answered yet; look again.")
            case .accepted:
                return .ok(try await PolicyReader.current(in: request.workspaceID, pool).map(JSON.raw) ?? .null)
            }
        }
    }
}

extension ReturnPolicy {
    /// Refuses a policy before it is sent. Failure: 400 when the body is not JSON, 422 with rule and field.
    fileprivate static func check(_ request: APIRequest) throws(Problem) {
        let _: JSONObject = try request.decode()
        do {
            _ = try reading(Data(request.body)).accepted()
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

extension Problem {
    fileprivate init(_ refusal: ReturnPolicyRefusal) {
        let first = refusal.first
        self.init(
            422, first?.code.rawValue ?? "bad_policy", first?.message ?? "The policy is not usable.",
            field: first?.field)
        rule = first?.rule
    }
}
