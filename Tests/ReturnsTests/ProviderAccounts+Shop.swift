import Commerce
import HTTPTransport
import Providers
import Support

@testable import Returns

extension ProviderAccounts {
    /// A workspace with a shop and nothing else.
    static func onlyShopify(_ http: StubHTTP) -> ProviderAccounts {
        let none = ProviderFailure.refused(code: "unused", message: "Only the shop is to be called.")
        return ProviderAccounts(
            shopify: { _ in
                let settings = try ShopifySettings.decode(
                    Array(
                        #"{"shop":"mienne","base_url":"http://shop","access_token":"a","webhook_secrets":["b"]}"#.utf8))
                return ShopifyClient(settings: settings, http: http, gate: OpenGate())
            },
            netSuite: { _ in nil }, dcl: { _ in nil }, shipStation: { _ in throw none },
            helpdesk: { _, _ in throw none }, recharge: { _ in throw none }, stripe: { _ in throw none },
            quickBooks: { _ in nil }, documents: { _, _ in throw none })
    }
}
