import Commerce
import HTTPTransport
import Providers
import Support

@testable import Returns

extension ProviderAccounts {
    /// A workspace with a shop and nothing else.
    static func onlyShopify(
        _ http: StubHTTP, version: String = "2024-07", restockLocation: String = ""
    ) -> ProviderAccounts {
        let none = ProviderFailure.refused(code: "unused", message: "Only the shop is to be called.")
        return ProviderAccounts(
            shopify: { _ in
                let settings = try ShopifySettings.decode(
                    Array(
                        """
                        {"shop":"mienne","base_url":"http://shop","access_token":"a","webhook_secrets":["b"],
                         "graphql_version":"\(version)","restock_location_id":"\(restockLocation)"}
                        """.utf8))
                return ShopifyClient(settings: settings, http: http, gate: OpenGate())
            },
            netSuite: { _ in nil }, dcl: { _ in nil }, shipStation: { _ in throw none },
            helpdesk: { _, _ in throw none }, recharge: { _ in throw none }, stripe: { _ in throw none },
            refundsAtStripe: { _ in nil }, quickBooks: { _ in nil }, documents: { _, _ in throw none })
    }

    /// A workspace with a shop, the warehouse and the carriers' broker.
    static func shipping(_ http: StubHTTP) -> ProviderAccounts {
        var accounts = onlyShopify(http)
        accounts.dcl = { _ in
            let settings = try DCLSettings.decode(
                Array(
                    """
                    {"base_url":"http://dcl","account_number":"10501","username":"a","password":"b","location":"FR",
                     "shipping_carrier":"UPS","shipping_service":"GROUND","webhook_tokens":["c"]}
                    """.utf8))
            return DCLClient(settings: settings, http: http, gate: OpenGate())
        }
        accounts.shipStation = { _ in
            let settings = try ShipStationSettings.decode(
                Array(#"{"base_url":"http://ss","api_key":"a","webhook_tokens":["b"],"return_routes":{}}"#.utf8))
            return ShipStationAccount(
                settings: settings, client: ShipStationClient(settings: settings, http: http, gate: OpenGate()))
        }
        return accounts
    }
}
