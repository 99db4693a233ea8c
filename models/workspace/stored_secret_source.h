// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/secret_source.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

namespace atalaya::workspace {

/// Secrets from where the operator keeps them. Files and variables are read anew each time, so that a rotated token is
/// picked up; a keyring entry is kept in memory once it was read, so that the keyring is not asked at every poll. `ask`
/// is refused: nothing is prompted for here.
class StoredSecretSource final : public QObject, public SecretSource
{
    Q_OBJECT
public:
    using QObject::QObject;

    Pending<QByteArray> read(const SecretReference &reference) override;

private:
    Pending<QByteArray> readKeyring(const QString &name);

    QHash<QString, QByteArray> m_fromKeyring;
};

} // namespace atalaya::workspace
