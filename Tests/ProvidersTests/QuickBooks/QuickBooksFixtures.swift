import Commerce
import Foundation

@testable import Providers

let quickBooksNow = Date(timeIntervalSince1970: 1_772_619_330)

func quickBooksSettings(_ extra: String = "") throws -> QuickBooksSettings {
    try QuickBooksSettings.decode(
        bytes(
            """
            {"base_url":"http://127.0.0.1:9/quickbooks","oauth_url":"http://127.0.0.1:9/quickbooks/oauth",
             "realm_id":"4620816365","client_id":"app","client_secret":"secret","refresh_token":"first",
             "verifier_tokens":["new","3f1c9d62-5a7e-4b0f-9d8e-2c4a6b8d0e1f"],"deposit_account_id":"35",
             "refund_item_id":"13"\(extra)}
            """))
}

/// A client whose tokens are good for an hour.
func quickBooks(_ http: ScriptedHTTPClient, tokens: FixedTokens = FixedTokens()) throws -> QuickBooksClient {
    QuickBooksClient(
        settings: try quickBooksSettings(), tokens: tokens, http: http, gate: OpenGate(),
        clock: ManualClock(quickBooksNow))
}

/// Keeps what it is told, and begins with tokens that are good.
actor FixedTokens: QuickBooksTokenStore {
    private(set) var kept: QuickBooksTokens? = QuickBooksTokens(
        accessToken: "access", refreshToken: "second", expiresAt: quickBooksNow.addingTimeInterval(3600))

    func tokens(ofRealm realmID: String) -> QuickBooksTokens? { kept }

    func renew(
        realm realmID: String, replacing stale: QuickBooksTokens?,
        _ renewal: @Sendable (String?) async throws -> QuickBooksTokens
    ) async throws -> QuickBooksTokens {
        let renewed = try await renewal(kept?.refreshToken)
        kept = renewed
        return renewed
    }
}

func quickBooksDraft(_ kind: QuickBooksDraft.Kind = .refundReceipt) throws -> QuickBooksDraft {
    func money(_ text: String) throws -> Money { try Money(decimal: text, currency: usd()) }
    return QuickBooksDraft(
        kind: kind, docNumber: "RMA-01HV7Z", requestID: "rfd_1", date: "2026-03-08", customerID: "58",
        lines: [.init(description: "Silk robe - S", quantity: 3, amount: try money("100.00"), itemID: "11")],
        tax: try money("5.56"), memo: "Refund RMA-01HV7Z", privateNote: "rma:01HV7Z", paymentReference: "re_1Pgc72")
}

func quickBooksReceipt(_ syncToken: String = "0", note: String = "rma:01HV7Z") -> String {
    """
    {"Id":"145","SyncToken":"\(syncToken)","DocNumber":"RMA-01HV7Z","TotalAmt":105.56,
     "CurrencyRef":{"value":"USD"},"PrivateNote":"\(note)"}
    """
}

func quickBooksEntity(_ receipt: String = quickBooksReceipt()) -> ScriptedHTTPClient.Step {
    .answer(200, #"{"RefundReceipt":\#(receipt),"time":"2026-03-08T09:15:30.123-08:00"}"#)
}

func quickBooksRows(_ receipts: String...) -> ScriptedHTTPClient.Step {
    let rows = receipts.isEmpty ? "" : #""RefundReceipt":[\#(receipts.joined(separator: ","))],"startPosition":1"#
    return .answer(200, #"{"QueryResponse":{\#(rows)},"time":"x"}"#)
}

func quickBooksFault(
    _ status: Int, _ code: String, type: String = "ValidationFault", _ headers: [String: String] = [:]
) -> ScriptedHTTPClient.Step {
    .answer(
        status,
        """
        {"Fault":{"Error":[{"Message":"m","Detail":"words","code":"\(code)","element":""}],"type":"\(type)"},"time":"x"}
        """, headers)
}
