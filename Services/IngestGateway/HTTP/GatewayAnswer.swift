import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What the sender reads.
enum GatewayAnswer {
    static func of(_ reception: Reception, requestID: @autoclosure () -> String) -> Response {
        switch reception {
        case .accepted(let id): json(200, #"{"status":"accepted","id":"\#(id)"}"#)
        case .duplicate(let id): json(200, #"{"status":"duplicate","id":"\#(id)"}"#)
        case .rejected(let reason):
            problem(
                reason.status, code: reason.publicCode, title: reason.title, requestID: requestID(),
                retryAfter: reason == .rateExceeded ? 1 : nil)
        }
    }

    /// It could not be committed: nothing was taken, or it was and a repeat will count as a duplicate.
    static func unavailable(requestID: String) -> Response {
        problem(
            503, code: "unavailable", title: "The webhook could not be stored", requestID: requestID,
            // WHY: senders that were turned away together should not come back together.
            retryAfter: .random(in: 1...5))
    }

    /// RFC 9457. All texts are ours and need no escaping.
    private static func problem(
        _ status: Int, code: String, title: String, requestID: String, retryAfter: Int?
    ) -> Response {
        let body =
            #"{"type":"urn:stateset:problem:\#(code)","title":"\#(title)","status":\#(status),"#
            + #""detail":"\#(title).","code":"\#(code)","request_id":"\#(requestID)"}"#
        var response = json(status, body, type: "application/problem+json")
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }

    private static func json(_ status: Int, _ body: String, type: String = "application/json") -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
}
