// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/drill_client.h"

#include "models/http/json_reader.h"

#include <QtCore/QFile>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList textsAt(const http::Json &object, const char *key)
{
    QStringList texts;
    if (const http::Json *list = http::arrayAt(object, key)) {
        for (const http::Json &each : *list)
            texts += http::toQString(each);
    }
    return texts;
}

Result<QList<DrillIncident>> decodeIncidents(const http::HttpResponse &response)
{
    const auto json = http::jsonAnswer(response);
    if (!json)
        return tl::make_unexpected(json.error());
    if (!json->is_array())
        return failure(ErrorKind::Malformed, response.endpoint, u"answered no list of incidents"_s);
    QList<DrillIncident> incidents;
    for (const http::Json &each : *json) {
        const auto name = http::stringAt(each, "incident");
        const auto active = http::boolAt(each, "active");
        if (!name || !active)
            return failure(ErrorKind::Malformed, response.endpoint,
                           u"an incident has no name or does not say whether it is active"_s);
        incidents.append(
            {*name, *active, textsAt(each, "breakers"), textsAt(each, "alerts"), textsAt(each, "instances")});
    }
    return incidents;
}

Result<http::Endpoint> adminEndpoint(const stack::DrillAddresses &drill)
{
    QFile token(drill.adminTokenFile);
    if (!token.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Unauthorized, drill.adminTokenFile,
                       u"the drill's token cannot be read: "_s + token.errorString());
    http::Endpoint endpoint;
    endpoint.url = drill.fleetAdmin;
    endpoint.credential = http::Credential::bearer(token.readAll().trimmed());
    return endpoint;
}

} // namespace

Pending<QList<DrillIncident>> fetchIncidents(http::Transport &transport, const stack::DrillAddresses &drill)
{
    const auto endpoint = adminEndpoint(drill);
    if (!endpoint)
        return readyNow<QList<DrillIncident>>(tl::make_unexpected(endpoint.error()));
    http::HttpRequest request;
    request.path = u"/incidents"_s;
    return decodeOffThread<QList<DrillIncident>>(transport.fetch(*endpoint, request), decodeIncidents);
}

Pending<QList<DrillIncident>> requestIncident(http::Transport &transport, const stack::DrillAddresses &drill,
                                              const QString &name, const QString &instance, bool on)
{
    const auto endpoint = adminEndpoint(drill);
    if (!endpoint)
        return readyNow<QList<DrillIncident>>(tl::make_unexpected(endpoint.error()));
    http::Json body{{"active", on}};
    if (!instance.isEmpty())
        body["instance"] = instance.toStdString();
    http::HttpRequest request;
    request.method = "PUT";
    request.path = u"/incidents/"_s + name;
    request.contentType = "application/json";
    request.body = QByteArray::fromStdString(body.dump());
    return decodeOffThread<QList<DrillIncident>>(transport.send(*endpoint, request), decodeIncidents);
}

} // namespace atalaya::console
