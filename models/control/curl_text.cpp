// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control/curl_text.h"

#include <QtCore/QStringList>
#include <QtCore/QUrl>

namespace atalaya::control {

using namespace Qt::Literals::StringLiterals;

namespace {

QString quotedForShell(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

bool mayBeSecret(const QString &header)
{
    const QString name = header.toLower();
    return name.contains(u"auth") || name.contains(u"cookie") || name.contains(u"token") || name.contains(u"secret") ||
           name.contains(u"key") || name.contains(u"password");
}

} // namespace

QString curlText(const workspace::Access &access, const workspace::Auth &auth, const http::HttpRequest &request)
{
    QUrl url = access.url;
    QString path = url.path(QUrl::FullyEncoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + QString::fromLatin1(QUrl::toPercentEncoding(request.path, "/:@!$&'()*+,;=")), QUrl::StrictMode);
    url.setUserInfo({});
    QStringList parts{u"curl"_s, u"--request"_s, QString::fromLatin1(request.method)};
    const auto header = [&](const QString &name, const QString &value) {
        parts += {u"--header"_s, quotedForShell(name + u": "_s + value)};
    };
    const workspace::Auth &used = auth.kind == workspace::Auth::Kind::None ? access.auth : auth;
    if (used.kind == workspace::Auth::Kind::Bearer)
        header(u"Authorization"_s, u"Bearer <secret>"_s);
    else if (used.kind == workspace::Auth::Kind::Basic)
        parts += {u"--user"_s, quotedForShell(used.name + u":<secret>"_s)};
    else if (used.kind == workspace::Auth::Kind::Header)
        header(used.name, u"<secret>"_s);
    for (const auto &[name, value] : access.headers)
        header(name, mayBeSecret(name) ? u"<secret>"_s : value);
    if (!request.contentType.isEmpty())
        header(u"Content-Type"_s, QString::fromLatin1(request.contentType));
    for (const auto &[name, value] : request.headers) {
        // The idempotency key is ours and proves what was sent; it opens nothing.
        const bool isOurs = name == "Idempotency-Key";
        const QString text = QString::fromLatin1(name);
        header(text, mayBeSecret(text) && !isOurs ? u"<secret>"_s : QString::fromUtf8(value));
    }
    if (!access.tls.caFile.isEmpty())
        parts += {u"--cacert"_s, quotedForShell(access.tls.caFile)};
    if (!access.tls.certificateFile.isEmpty())
        parts += {u"--cert"_s, quotedForShell(access.tls.certificateFile)};
    if (!access.tls.keyFile.isEmpty())
        parts += {u"--key"_s, quotedForShell(access.tls.keyFile)};
    if (!request.body.isEmpty())
        parts += {u"--data-raw"_s, quotedForShell(QString::fromUtf8(request.body))};
    parts += quotedForShell(url.toString(QUrl::FullyEncoded));
    return parts.join(u' ');
}

} // namespace atalaya::control
