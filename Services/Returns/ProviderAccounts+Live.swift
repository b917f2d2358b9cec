import Commerce
import Messaging
import ProviderGates
import Providers
import ServiceKit

extension ProviderAccounts {
    init(_ context: ServiceContext) {
        let gates = ProviderGates(pool: context.postgres, logger: context.logger)
        let tokens = SealedQuickBooksTokens(pool: context.postgres, secrets: SecretBox(context.settings.secretKeys))
        let http = context.http
        shopify = { workspace in
            let settings = try await context.required(ShopifySettings.self, of: workspace)
            return ShopifyClient(settings: settings, http: http, gate: gates.gate(of: workspace))
        }
        netSuite = { workspace in
            guard let settings = try await context.settings(NetSuiteSettings.self, of: workspace) else { return nil }
            return NetSuiteAccount(
                settings: settings,
                client: NetSuiteClient(settings: settings, http: http, gate: gates.gate(of: workspace)))
        }
        dcl = { workspace in
            guard let settings = try await context.settings(DCLSettings.self, of: workspace) else { return nil }
            return DCLClient(settings: settings, http: http, gate: gates.gate(of: workspace))
        }
        shipStation = { workspace in
            let settings = try await context.required(ShipStationSettings.self, of: workspace)
            return ShipStationAccount(
                settings: settings,
                client: ShipStationClient(settings: settings, http: http, gate: gates.gate(of: workspace)))
        }
        helpdesk = { try await context.helpdesk($0, of: $1, gate: gates.gate(of: $1)) }
        recharge = { workspace in
            let settings = try await context.required(RechargeSettings.self, of: workspace)
            return RechargeClient(settings: settings, http: http, gate: gates.gate(of: workspace))
        }
        stripe = { workspace in
            let settings = try await context.required(StripeSettings.self, of: workspace)
            return StripeClient(settings: settings, http: http, gate: gates.gate(of: workspace))
        }
        refundsAtStripe = { workspace in
            guard let settings = try await context.settings(StripeSettings.self, of: workspace),
                !settings.refundGateways.isEmpty
            else { return nil }
            return StripeAccount(
                settings: settings,
                client: StripeClient(settings: settings, http: http, gate: gates.gate(of: workspace)))
        }
        quickBooks = { workspace in
            guard let settings = try await context.settings(QuickBooksSettings.self, of: workspace) else { return nil }
            return QuickBooksClient(
                settings: settings, tokens: tokens.of(workspace), http: http, gate: gates.gate(of: workspace))
        }
        documents = { try await DocumentStore.find($0, of: $1, in: context.postgres) }
    }
}

extension ServiceContext {
    /// Nil where the workspace has none.
    fileprivate func settings<Settings: ProviderSettings>(
        _ type: Settings.Type, of workspace: WorkspaceID
    ) async throws -> Settings? {
        do {
            return try await providerSettings.settings(type, provider: type.provider, workspace: workspace)
        } catch let error as ProviderSettingsError {
            if error.code == .notConfigured { return nil }
            throw ProviderFailure(error)
        }
    }

    fileprivate func required<Settings: ProviderSettings>(
        _ type: Settings.Type, of workspace: WorkspaceID
    ) async throws -> Settings {
        do {
            return try await providerSettings.settings(type, provider: type.provider, workspace: workspace)
        } catch let error as ProviderSettingsError {
            throw ProviderFailure(error)
        }
    }

    fileprivate func helpdesk(
        _ name: String, of workspace: WorkspaceID, gate: any ProviderGate
    ) async throws -> any Helpdesk {
        do {
            let settings = try await providerSettings.settings(
                JSONValue.self, provider: name, workspace: workspace)
            let json = try RawJSON(encoding: settings).bytes
            if let client = try HelpdeskCatalog.client(named: name, settings: json, http: http, gate: gate) {
                return client
            }
        } catch let error as ProviderSettingsError {
            throw ProviderFailure(error)
        } catch let error as ProviderSettingsProblem {
            throw ProviderFailure.refused(code: "provider_settings_malformed", message: "\(error)")
        }
        throw ProviderFailure.refused(
            code: "unknown_helpdesk",
            message: "'\(name)' is no helpdesk; it is one of \(HelpdeskCatalog.names.joined(separator: ", ")).")
    }
}
