import Commerce
import Messaging
import Providers

/// How handlers reach a workspace's accounts at the providers. Asked before every call, so that changed settings count.
///
/// *Failure*: ``ProviderFailure`` `refused` where an account is not configured, with what to do about it. Those that a
/// return goes on without are nil instead.
struct ProviderAccounts: Sendable {
    var shopify: @Sendable (WorkspaceID) async throws -> ShopifyClient
    /// Nil for a workspace that keeps no books there.
    var netSuite: @Sendable (WorkspaceID) async throws -> NetSuiteAccount?
    /// Nil for a workspace without this warehouse.
    var dcl: @Sendable (WorkspaceID) async throws -> DCLClient?
    var shipStation: @Sendable (WorkspaceID) async throws -> ShipStationAccount
    /// By the helpdesk's name.
    var helpdesk: @Sendable (String, WorkspaceID) async throws -> any Helpdesk
    var recharge: @Sendable (WorkspaceID) async throws -> RechargeClient
    var stripe: @Sendable (WorkspaceID) async throws -> StripeClient
    /// Nil for a workspace whose payments are all given back by its shop.
    var refundsAtStripe: @Sendable (WorkspaceID) async throws -> StripeAccount?
    /// Nil for a workspace that keeps no books there.
    var quickBooks: @Sendable (WorkspaceID) async throws -> QuickBooksClient?
    /// Files that were kept, in the order of their ids.
    var documents: @Sendable ([DocumentID], WorkspaceID) async throws -> [Document]
}

struct NetSuiteAccount: Sendable {
    let settings: NetSuiteSettings
    let client: NetSuiteClient
}

struct StripeAccount: Sendable {
    let settings: StripeSettings
    let client: StripeClient
}

struct ShipStationAccount: Sendable {
    let settings: ShipStationSettings
    let client: ShipStationClient
}
