import ArgumentParser
import Testing

@testable import CLI

@Suite("Commands")
struct CommandTests {
    @Test(
        "every documented command is understood",
        arguments: [
            "migrate", "workspaces create --name a", "workspaces list --json", "keys create --name a --role owner",
            "keys create --name a --scopes orders:read", "keys list", "keys revoke key_1", "providers set shopify a=b",
            "providers set shopify --stdin", "providers list", "providers check", "orders list --status dispatched",
            "orders show ord_1 --json", "orders hold ord_1 --reason r", "sagas list --waiting-on human",
            "sagas show sag_1",
            "sagas start order-fulfillment --key k", "sagas retry sag_1", "sagas cancel sag_1", "sagas restart sag_1",
            "sagas signal sag_1 --name order.released", "received list --status quarantined", "received show whk_1",
            "dead-letters list --group-by reason", "dead-letters show dlt_1", "dead-letters requeue dlt_1",
            "audit list",
            "schedules list", "topology check", "dev clock show", "dev clock advance 3d", "dev demo",
        ])
    func understood(line: String) throws {
        _ = try StatesetCommand.parseAsRoot(line.split(separator: " ").map(String.init))
    }

    @Test(
        "a wrong use ends with 64",
        arguments: [
            "orders fly", "keys create", "dev clock advance soon", "providers set shopify", "sagas signal sag_1",
        ])
    func misused(line: String) {
        #expect {
            _ = try StatesetCommand.parseAsRoot(line.split(separator: " ").map(String.init))
        } throws: {
            StatesetCommand.exitCode(for: $0).rawValue == 64
        }
    }

    @Test("query parameters are encoded")
    func query() {
        #expect(APIClient.text(["q": "#1001 &", "status": nil, "limit": "5"]) == "?q=%231001%20%26&limit=5")
        #expect(APIClient.text([:]).isEmpty)
    }
}
