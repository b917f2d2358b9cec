import Commerce
import Foundation
import HTTPTransport

extension ShipStationClient {
    private static let pdfMark = Array("%PDF-".utf8)
    private static let dataPrefix = "data:application/pdf;base64,"

    /// The label as a PDF. Its link expires: fetch it when the label is bought, and keep the bytes.
    ///
    /// Failure: `transient("label_processing")` while the label is still being made; `refused("no_document")` when it
    /// has none; `refused("foreign_document")` for a link that is neither ShipStation's nor https.
    public func document(of label: ShipStationLabel) async throws(ProviderFailure) -> [UInt8] {
        if label.status == .processing {
            throw .transient(code: "label_processing", message: "The label is still being made.", retryAfter: nil)
        }
        guard let url = label.documentURL else {
            throw .refused(code: "no_document", message: "The label has no document.")
        }
        let bytes = try await document(at: url)
        // WHY: what is mailed to a customer as a label must be one, not a page that says sorry.
        guard bytes.starts(with: Self.pdfMark) else { throw .malformedAnswer(.read) }
        return bytes
    }

    private func document(at url: String) async throws(ProviderFailure) -> [UInt8] {
        if url.hasPrefix(Self.dataPrefix) {
            return Data(base64Encoded: String(url.dropFirst(Self.dataPrefix.count))).map(Array.init) ?? []
        }
        // WHY: the key goes to ShipStation alone, wherever a link may lead.
        let isOwn = Self.origin(of: url) == Self.origin(of: settings.baseURL)
        guard isOwn || url.hasPrefix("https://") else {
            throw .refused(code: "foreign_document", message: "The label's document is not reached by https.")
        }
        let headers = isOwn ? [("API-Key", settings.apiKey)] : []
        return try await link.send(HTTPRequest(method: "GET", url: url, headers: headers), .read).body
    }

    /// `https://api.shipstation.com` of a URL.
    private static func origin(of url: String) -> String {
        url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }
}
