// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/drill/drill_controller.h"

#include <QtCore/QHash>
#include <QtCore/QTimeZone>
#include <QtCore/QVariantMap>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace atalaya::drill {

/// Rehearsed incidents of the drill stack: what each does, where it runs, start and stop per instance. Nothing of it
/// touches a real system.
class DrillPage final : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive the page.
    explicit DrillPage(DrillController &controller, QWidget *parent = nullptr);

    QString subtitle() const;
    void filterSystem(const QString &key);
    void setTimeZone(const QTimeZone &) {}
    bool isSettled() const { return true; }
    QVariantMap remembered() const { return {}; }
    void recall(const QVariantMap &) {}

Q_SIGNALS:
    void subtitleChanged();

private:
    struct Row
    {
        QWidget *widget = nullptr;
        QLabel *state = nullptr;
        QHash<QString, QPushButton *> buttons; ///< by instance
        QStringList instances;
    };
    void refresh();
    Row makeRow(const Incident &incident);
    void fillRow(const Incident &incident, Row &row);

    DrillController &m_controller;
    QString m_system;
    QString m_failure;
    QSet<QString> m_asked; ///< "name instance" under way until the next change
    QHash<QString, Row> m_rows;
    QLabel *m_problem;
    QLabel *m_empty;
    QVBoxLayout *m_list;
};

} // namespace atalaya::drill
