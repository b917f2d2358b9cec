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

    /// The picture or page of the code that stands in the place of paper; nil where there is none that could be shown.
    ///
    /// Failure: as of ``document(of:)``.
    public func paperlessDocument(of label: ShipStationLabel) async throws(ProviderFailure) -> ShipStationFile? {
        guard let url = label.paperless?.url else { return nil }
        return ShipStationFile(try await document(at: url))
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

/// A picture or a page, by its first bytes.
public struct ShipStationFile: Sendable, Equatable {
    public let contentType: String
    /// With its dot.
    public let suffix: String
    public let bytes: [UInt8]

    private static let marks: [(mark: [UInt8], contentType: String, suffix: String)] = [
        (Array("%PDF-".utf8), "application/pdf", ".pdf"), ([0x89, 0x50, 0x4E, 0x47], "image/png", ".png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg", ".jpg"), (Array("GIF8".utf8), "image/gif", ".gif"),
    ]

    /// Nil for what is none of these, such as a page that says sorry.
    init?(_ bytes: [UInt8]) {
        guard let kind = Self.marks.first(where: { bytes.starts(with: $0.mark) }) else { return nil }
        contentType = kind.contentType
        suffix = kind.suffix
        self.bytes = bytes
    }
}
