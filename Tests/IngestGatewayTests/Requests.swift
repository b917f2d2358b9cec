import Commerce
import Hummingbird
import RouterSupport

/// A request to a router that is no part of a bench.
enum Requests {
    static func post(to router: Router<BasicRequestContext>) async throws -> RouterClient.Answer {
        try await RouterClient(router).send(.post, "/webhooks/shopify/\(WorkspaceID())")
    }
}
