import Commerce
import Providers

/// How handlers reach a workspace's accounts at the providers. Asked before every call, so that changed settings count.
///
/// *Failure*: ``ProviderFailure`` `refused` where an account is not configured, with what to do about it. The carriers'
/// broker, which orders go on without, is nil instead.
struct ProviderAccounts: Sendable {
    var netSuite: @Sendable (WorkspaceID) async throws -> NetSuiteAccount
    var shopify: @Sendable (WorkspaceID) async throws -> ShopifyAccount
    var dcl: @Sendable (WorkspaceID) async throws -> DCLClient
    var shipStation: @Sendable (WorkspaceID) async throws -> ShipStationClient?
}

struct NetSuiteAccount: Sendable {
    let settings: NetSuiteSettings
    let client: NetSuiteClient
}

struct ShopifyAccount: Sendable {
    let settings: ShopifySettings
    let client: ShopifyClient
}
