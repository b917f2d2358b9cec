import Commerce
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging

/// A request to a router that is no part of a bench.
enum Requests {
    static func post(to router: Router<BasicRequestContext>) async throws -> TestResponse {
        try await Application(router: router, logger: .silent).test(.router) { client in
            try await client.execute(uri: "/webhooks/shopify/\(WorkspaceID())", method: .post) { $0 }
        }
    }
}
