import Commerce
import Contracts
import Foundation
import HTTPTransport
import Postgres
import ProviderGates
import Providers
import Schema
import Support
import Testing

@testable import FulfillmentDispatch
@testable import Messaging
@testable import OrderIngest
@testable import Returns
@testable import Tracking

/// The services that write to providers, against the real simulators over HTTP and a real Postgres.
struct WriteBench: Sendable {
    static let database = ProcessInfo.processInfo.environment["STATESET_TEST_POSTGRES_URL"]
    static var isThere: Bool { database != nil && SimulatorProcess.folder != nil }

    let workspaceID = WorkspaceID()
    let simulators: SimulatorProcess
    let ingest: TestedService
    let dispatch: TestedService
    let tracking: TestedService
    let returns: TestedService

    var services: [TestedService] { [ingest, dispatch, tracking, returns] }

    /// What a shop is set up as.
    struct Shop: Sendable {
        var version = "2025-07"
        /// Where goods that come back are for sale again.
        var restockLocation = ""
        /// Whether an ERP receives them instead.
        var hasERP = true
    }

    /// - Parameters:
    ///   - cashSale: whether the ERP enters fulfilled orders as cash sales; otherwise as invoices.
    ///   - itemReceipts: whether it is set up as an account that has those.
    static func run(
        cashSale: Bool = true, itemReceipts: Bool = true, shop: Shop = Shop(),
        _ test: (WriteBench) async throws -> Void
    ) async throws {
        let bench = try await WriteBench(cashSale: cashSale, itemReceipts: itemReceipts, shop: shop)
        do {
            try await test(bench)
        } catch {
            await bench.end()
            throw error
        }
        await bench.end()
    }

    private func end() async {
        for service in services { await service.pool.close() }
        await simulators.end()
    }

    private init(cashSale: Bool, itemReceipts: Bool, shop: Shop) async throws {
        let database = Self.database ?? ""
        _ = try await Migrator(url: database, logger: TestedService.logger).apply(SchemaCatalog.all)
        let simulators = try await SimulatorProcess(limits: [
            "STATESET_SIM_SHOPIFY_BUCKET": "100000", "STATESET_SIM_SHOPIFY_LEAK": "10000",
            "STATESET_SIM_DCL_BUCKET": "100000", "STATESET_SIM_DCL_LEAK": "10000",
            "STATESET_SIM_NETSUITE_CONCURRENCY": "100", "STATESET_SIM_SHIPSTATION_BUCKET": "100000",
            "STATESET_SIM_SHIPSTATION_LEAK": "10000", "STATESET_SIM_GORGIAS_BUCKET": "100000",
            "STATESET_SIM_GORGIAS_LEAK": "10000", "STATESET_SIM_ZENDESK_CALLS": "100000",
            "STATESET_SIM_ZENDESK_UPDATES": "100000", "STATESET_SIM_RECHARGE_BUCKET": "100000",
            "STATESET_SIM_RECHARGE_LEAK": "10000", "STATESET_SIM_STRIPE_BUCKET": "100000",
            "STATESET_SIM_STRIPE_LEAK": "10000", "STATESET_SIM_QUICKBOOKS_BUCKET": "100000",
            "STATESET_SIM_QUICKBOOKS_LEAK": "10000",
        ])
        self.simulators = simulators
        let http = CurlHTTPClient()
        // WHY: limits are not what is tested here, and answers are lost by design.
        let rate = #","calls_per_second":10000,"calls_burst":100000,"failures_max":100000"#
        let netSuite = try Self.netSuite(simulators, cashSale: cashSale, itemReceipts: itemReceipts)
        let shopify = try Providers.ShopifySettings.decode(
            simulators.settings(
                "shopify",
                rate + #","points_per_second":100000,"points_burst":1000000,"graphql_version":"\#(shop.version)","#
                    + #""restock_location_id":"\#(shop.restockLocation)""#))
        let dcl = try Providers.DCLSettings.decode(simulators.settings("dcl", rate))
        let forReturns = try ReturnSettings(simulators, shopify: shopify, netSuite: netSuite, dcl: dcl)
        func gates(_ pool: PostgresPool) -> ProviderGates { ProviderGates(pool: pool, logger: TestedService.logger) }
        ingest = try await TestedService(.orderIngest, database: database) { pool in
            let gates = gates(pool)
            return OrderIngestService.handlers(
                OrderIngest.ProviderAccounts(
                    netSuite: { workspace in
                        OrderIngest.NetSuiteAccount(
                            settings: netSuite,
                            client: NetSuiteClient(settings: netSuite, http: http, gate: gates.gate(of: workspace)))
                    },
                    shopify: { ShopifyClient(settings: shopify, http: http, gate: gates.gate(of: $0)) }))
        }
        dispatch = try await TestedService(.fulfillmentDispatch, database: database) { pool in
            let gates = gates(pool)
            return FulfillmentDispatchService.handlers(
                FulfillmentDispatch.ProviderAccounts(
                    netSuite: { NetSuiteClient(settings: netSuite, http: http, gate: gates.gate(of: $0)) },
                    dcl: { DCLClient(settings: dcl, http: http, gate: gates.gate(of: $0)) }))
        }
        tracking = try await TestedService(.tracking, database: database) { pool in
            let gates = gates(pool)
            return TrackingService.handlers(
                Tracking.ProviderAccounts(
                    netSuite: { workspace in
                        Tracking.NetSuiteAccount(
                            settings: netSuite,
                            client: NetSuiteClient(settings: netSuite, http: http, gate: gates.gate(of: workspace)))
                    },
                    shopify: { workspace in
                        ShopifyAccount(
                            settings: shopify,
                            client: ShopifyClient(settings: shopify, http: http, gate: gates.gate(of: workspace)))
                    },
                    dcl: { DCLClient(settings: dcl, http: http, gate: gates.gate(of: $0)) },
                    shipStation: { workspace in
                        ShipStationClient(
                            settings: forReturns.shipStation, http: http, gate: gates.gate(of: workspace))
                    }), TestedService.logger)
        }
        returns = try await TestedService(.returns, database: database) { pool in
            ReturnsService.handlers(
                forReturns.accounts(http: http, gates: gates(pool), pool: pool, hasERP: shop.hasERP))
        }
    }

    private static func netSuite(
        _ simulators: SimulatorProcess, cashSale: Bool, itemReceipts: Bool
    ) throws -> Providers.NetSuiteSettings {
        var settings = try Providers.NetSuiteSettings.decode(
            simulators.settings("netsuite", #","concurrency":90,"failures_max":100000"#))
        settings.cashSale = cashSale
        settings.itemReceipts = itemReceipts
        return settings
    }

    func service(owning command: String) -> TestedService? {
        services.first { $0.effectCommands.contains(command) }
    }

    /// An event or a command nobody waits for.
    func envelope(_ type: String, _ data: some Encodable) throws -> Envelope {
        let attributes = Envelope.Attributes(
            id: UUIDv7.make().uuidString, type: type, source: "test", workspaceid: workspaceID)
        return try Envelope(attributes, data: RawJSON(encoding: data))
    }
}
