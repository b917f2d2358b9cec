import Commerce
import Foundation
import HTTPTransport
import Providers
import ServiceKit

/// Asks each provider something harmless with the workspace's own settings.
struct ProviderCheck: Sendable {
    let store: ProviderSettingsStore
    let workspaceID: WorkspaceID
    let gate: any ProviderGate
    var http: any HTTPClient = CurlHTTPClient()

    struct Finding: Encodable, Sendable {
        var provider: String
        var isGood: Bool
        var detail: String
    }

    func run(only provider: String?) async throws -> [Finding] {
        let names = try await store.list(workspace: workspaceID).map(\.provider).filter { provider ?? $0 == $0 }
        guard !names.isEmpty else {
            throw CLIError("\(provider.map { "'\($0)' is" } ?? "no provider is") not set up for \(workspaceID)")
        }
        var findings: [Finding] = []
        for name in names { findings.append(await finding(name)) }
        return findings
    }

    private func finding(_ name: String) async -> Finding {
        do {
            return Finding(provider: name, isGood: true, detail: try await ask(name))
        } catch {
            return Finding(provider: name, isGood: false, detail: "\(error)")
        }
    }

    /// What was read, in a few words.
    private func ask(_ name: String) async throws -> String {
        switch name {
        case ShopifySettings.provider:
            let settings = try await settings(ShopifySettings.self)
            let client = ShopifyClient(settings: settings, http: http, gate: gate)
            _ = try await client.orders(ShopifyOrderQuery(limit: 1))
            guard let id = settings.restockLocationID else { return "read the newest order" }
            guard let location = try await client.location(id), location.isActive else {
                throw CLIError("restock_location_id: the shop has no active location \(id)")
            }
            return "read the newest order; what comes back is for sale again at \(location.name)"
        case NetSuiteSettings.provider:
            let settings = try await settings(NetSuiteSettings.self)
            let client = NetSuiteClient(settings: settings, http: http, gate: gate)
            _ = try await client.items(skus: ["stateset-check"])
            guard settings.itemReceipts, let words = try await client.refusalOfItemReceipts() else {
                return "ran a query"
            }
            throw CLIError(
                "no item receipts (\(words)): turn on Advanced Receiving, or set item_receipts to false where returns are "
                    + "received with their credit")
        case DCLSettings.provider:
            let client = DCLClient(settings: try await settings(), http: http, gate: gate)
            if let number = DCLOrderNumber("STATESET-CHECK") { _ = try await client.order(number) }
            return "looked an order up"
        case ShipStationSettings.provider:
            let client = ShipStationClient(settings: try await settings(), http: http, gate: gate)
            let problems = try await client.problemsOfReturnRoutes()
            guard problems.isEmpty else { throw CLIError("return_routes: \(problems.joined(separator: "; "))") }
            return "the carriers take every return route"
        case StripeSettings.provider:
            let client = StripeClient(settings: try await settings(), http: http, gate: gate)
            _ = try await client.newestRefund()
            return "read the newest refund"
        case RechargeSettings.provider:
            let client = RechargeClient(settings: try await settings(), http: http, gate: gate)
            _ = try await client.customers(email: "stateset-check@example.com")
            return "looked a customer up"
        default:
            return "settings are complete; this build has no call to try"
        }
    }

    private func settings<S: ProviderSettings>(_ type: S.Type = S.self) async throws -> S {
        let document = try await store.settings(
            JSONValue.self, provider: S.provider, workspace: workspaceID)
        return try S.decode(Array(try JSONEncoder().encode(document)))
    }
}
