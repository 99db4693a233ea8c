// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace atalaya::drill {

/// One rehearsed incident of the embedded stack.
struct Incident
{
    QString name;          ///< as the stack knows it, "openai-outage"
    QString title;         ///< "OpenAI outage"
    QString description;   ///< what it does and which alerts it should raise
    QString system;        ///< key of the system it happens to
    QStringList instances; ///< on which it can be started
    QStringList running;   ///< on which it runs now

    bool operator==(const Incident &) const = default;
};

/// The edge to whoever runs the drill stack. `setIncident` is asynchronous: what became of it arrives by `changed`.
class DrillController : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QList<Incident> incidents() const = 0;
    /// Why the list may be wrong ("the stack does not answer"); empty when it is fresh.
    virtual QString problem() const = 0;
    virtual void setIncident(const QString &name, const QString &instance, bool on) = 0;

Q_SIGNALS:
    void changed();
    /// One request was refused or not answered.
    void failed(const QString &name, const QString &instance, const QString &sentence);
};

} // namespace atalaya::drill
