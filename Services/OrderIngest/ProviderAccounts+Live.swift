import Commerce
import ProviderGates
import Providers
import ServiceKit

extension ProviderAccounts {
    init(_ context: ServiceContext) {
        let gates = ProviderGates(pool: context.postgres, logger: context.logger)
        netSuite = { workspace in
            let settings = try await context.settings(NetSuiteSettings.self, of: workspace)
            return NetSuiteAccount(
                settings: settings,
                client: NetSuiteClient(settings: settings, http: context.http, gate: gates.gate(of: workspace)))
        }
        shopify = { workspace in
            let settings = try await context.settings(ShopifySettings.self, of: workspace)
            return ShopifyClient(settings: settings, http: context.http, gate: gates.gate(of: workspace))
        }
    }
}

extension ServiceContext {
    fileprivate func settings<Settings: ProviderSettings>(
        _ type: Settings.Type, of workspace: WorkspaceID
    ) async throws -> Settings {
        do {
            return try await providerSettings.settings(type, provider: type.provider, workspace: workspace)
        } catch let error as ProviderSettingsError {
            throw ProviderFailure(error)
        }
    }
}
