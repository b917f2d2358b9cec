import Commerce
import ProviderGates
import Providers
import ServiceKit

extension ProviderAccounts {
    init(_ context: ServiceContext) {
        let gates = ProviderGates(pool: context.postgres, logger: context.logger)
        shopify = { workspace in
            do {
                let settings = try await context.providerSettings.settings(
                    ShopifySettings.self, provider: ShopifySettings.provider, workspace: workspace)
                return ShopifyClient(settings: settings, http: context.http, gate: gates.gate(of: workspace))
            } catch let error as ServiceKit.ProviderSettingsError {
                throw ProviderFailure.refused(code: error.code.rawValue, message: error.description)
            }
        }
    }
}
