import Commerce
import Foundation
import HTTPTypes
import NIOCore
import Postgres
import RouterSupport
import ServiceKit
import Testing

@testable import API

@Suite("The label of a return", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ReturnLabelTests {
    private let document = DocumentID()

    /// Of two documents: the label, and the code's picture.
    private func insert(_ id: DocumentID, _ name: String, _ contentType: String, _ bench: APIBench) async throws {
        try await bench.owner.execute(
            """
            INSERT INTO platform.documents (id, workspace_id, name, content_type, bytes, created_at)
            VALUES (\(id.uuid), \(bench.workspaceID.uuid), \(name), \(contentType), \(Array("%PDF é".utf8)), now())
            """)
    }

    /// - Parameter members: of the label, in the place of those it has.
    private func label(_ goods: APIBench.ReturnFixture, _ members: String, _ bench: APIBench) async throws {
        try await bench.owner.execute(
            "UPDATE returns.returns SET label = label || \(JSONB(text: members))::jsonb WHERE id = \(goods.id.uuid)")
    }

    @Test("it is given as the customer was sent it, and so is the code in its place")
    func given() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            let code = DocumentID()
            try await insert(document, "return-label-RMA-1.pdf", "application/pdf", bench)
            try await insert(code, "return-code.png", "image/png", bench)
            try await label(goods, #"{"document_id":"\#(document)","paperless":{"document_id":"\#(code)"}}"#, bench)
            let files = [
                ("", "return-label-RMA-1.pdf", "application/pdf"), ("?part=code", "return-code.png", "image/png"),
            ]
            for (query, name, type) in files {
                let answer = try await bench.client.send(
                    .get, "/v1/workspaces/\(bench.workspaceID)/returns/\(goods.id)/label\(query)",
                    [.authorization: "Bearer \(bench.ownerKey.reveal())"])
                #expect(answer.status == .ok && answer.headers[.contentType] == type)
                #expect(answer.headers[.contentDisposition] == "attachment; filename=\"\(name)\"")
                #expect(Array(answer.body.readableBytesView) == Array("%PDF é".utf8))
            }
            #expect(try await bench.get("/returns/\(goods.id)/label?part=page").status == 422)
        }
    }

    @Test("where there is none that could be used, the answer says why")
    func none() async throws {
        try await APIBench.run { bench in
            let goods = try await bench.insertReturn()
            func refused(_ query: String = "") async throws -> String? {
                let answer = try await bench.get("/returns/\(goods.id)/label\(query)")
                return answer.status == 404 && answer.code == "no_label" ? answer.json["detail"]?.string : nil
            }
            #expect(try await refused() == "The label has no document.")
            #expect(try await refused("?part=code")?.contains("no code") == true)
            try await label(goods, #"{"document_id":"\#(document)"}"#, bench)
            #expect(try await refused() == "Its document is not kept any more.")
            try await label(goods, #"{"is_voided":true}"#, bench)
            #expect(try await refused()?.contains("given back") == true)
            let foreign = try await bench.insertReturn(in: bench.otherWorkspaceID)
            #expect(try await bench.get("/returns/\(foreign.id)/label").code == "not_found")
        }
    }
}
