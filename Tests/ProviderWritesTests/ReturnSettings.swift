import Commerce
import HTTPTransport
import Messaging
import Postgres
import ProviderGates
import Providers
import Support

@testable import Returns

/// The accounts that a return needs, at the simulators.
struct ReturnSettings: Sendable {
    private static let fremont =
        #"{"name":"Mienne Returns","phone":"+15105551212","address_line1":"48641 Milmont Dr","#
        + #""city_locality":"Fremont","state_province":"CA","postal_code":"94538","country_code":"US"}"#
    private static let toronto =
        #"{"name":"Mienne Canada","address_line1":"100 King St W","city_locality":"Toronto","#
        + #""state_province":"ON","postal_code":"M5X 1A9","country_code":"CA"}"#
    private static let routes =
        #"{"US":{"carrier_id":"se-123891","service_code":"usps_ground_advantage","return_address":\#(fremont)},"#
        + #""CA":{"carrier_id":"se-123893","service_code":"canada_post_expedited_parcel","return_address":\#(toronto)}}"#

    let shopify: Providers.ShopifySettings
    let netSuite: Providers.NetSuiteSettings
    let dcl: Providers.DCLSettings
    let shipStation: Providers.ShipStationSettings
    let gorgias: Providers.GorgiasSettings
    let zendesk: Providers.ZendeskSettings
    let recharge: Providers.RechargeSettings
    let stripe: Providers.StripeSettings
    let quickBooks: Providers.QuickBooksSettings

    init(
        _ simulators: SimulatorProcess, shopify: Providers.ShopifySettings, netSuite: Providers.NetSuiteSettings,
        dcl: Providers.DCLSettings
    ) throws {
        let rate = #","calls_per_second":10000,"calls_burst":100000,"failures_max":100000"#
        (self.shopify, self.netSuite, self.dcl) = (shopify, netSuite, dcl)
        shipStation = try .decode(
            simulators.settings("shipstation", rate + #","default_weight_grams":500,"return_routes":\#(Self.routes)"#))
        gorgias = try .decode(
            simulators.settings(
                "gorgias", rate + #","return_number_field":"47001","tracking_number_field":"47002""#))
        zendesk = try .decode(
            simulators.settings(
                "zendesk", #","calls_per_minute":100000,"updates_per_minute":100000,"failures_max":100000"#))
        recharge = try .decode(simulators.settings("recharge", rate))
        stripe = try .decode(simulators.settings("stripe", rate + #","refund_gateways":"stripe_phone""#))
        quickBooks = try .decode(simulators.settings("quickbooks", rate + #","concurrency":90"#))
    }

    /// - Parameter hasERP: whether returns know of the ERP, in which orders are entered all the same.
    func accounts(
        http: any HTTPClient, gates: ProviderGates, pool: PostgresPool, hasERP: Bool
    ) -> Returns.ProviderAccounts {
        let books = QuickBooksMemoryTokens()
        return Returns.ProviderAccounts(
            shopify: { ShopifyClient(settings: shopify, http: http, gate: gates.gate(of: $0)) },
            netSuite: { workspace in
                guard hasERP else { return nil }
                return Returns.NetSuiteAccount(
                    settings: netSuite,
                    client: NetSuiteClient(settings: netSuite, http: http, gate: gates.gate(of: workspace)))
            },
            dcl: { DCLClient(settings: dcl, http: http, gate: gates.gate(of: $0)) },
            shipStation: { workspace in
                ShipStationAccount(
                    settings: shipStation,
                    client: ShipStationClient(settings: shipStation, http: http, gate: gates.gate(of: workspace)))
            },
            helpdesk: { name, workspace in
                let gate = gates.gate(of: workspace)
                guard name == Providers.ZendeskSettings.provider else {
                    return GorgiasClient(settings: gorgias, http: http, gate: gate)
                }
                return ZendeskClient(settings: zendesk, http: http, gate: gate)
            },
            recharge: { RechargeClient(settings: recharge, http: http, gate: gates.gate(of: $0)) },
            stripe: { StripeClient(settings: stripe, http: http, gate: gates.gate(of: $0)) },
            refundsAtStripe: { workspace in
                StripeAccount(
                    settings: stripe,
                    client: StripeClient(settings: stripe, http: http, gate: gates.gate(of: workspace)))
            },
            quickBooks: { workspace in
                QuickBooksClient(settings: quickBooks, tokens: books, http: http, gate: gates.gate(of: workspace))
            },
            documents: { try await DocumentStore.find($0, of: $1, in: pool) })
    }
}
