// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "models/alerts/matcher.h"

#include <QtCore/QSet>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace atalaya::common {
class ChoiceButton;
}

namespace atalaya::alerts {

class MatcherField;

/// Matchers, grouping and states. What is typed wrongly is underlined and explained; the last filter that was right
/// stays.
class AlertFilterBar final : public QWidget
{
    Q_OBJECT
public:
    explicit AlertFilterBar(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    void setCounts(const QString &counts);
    QString groupLabel() const { return m_group; }
    void setGroupLabel(const QString &label);
    /// Labels that the group menu offers besides the usual ones.
    void setKnownLabels(const QStringList &labels);
    /// Empty: all states.
    const QSet<AlertState> &states() const { return m_states; }
    bool isFiltering() const;
    void clear();
    void focusField();

Q_SIGNALS:
    void matchersChanged(const QList<atalaya::alerts::Matcher> &matchers);
    void groupLabelChanged(const QString &label);
    void statesChanged(const QSet<atalaya::alerts::AlertState> &states);
    /// Return or Down: on to the table.
    void submitted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void read();

    QString m_group;
    QSet<AlertState> m_states;
    QWidget *m_frame;
    MatcherField *m_field;
    QLabel *m_counts;
    QLabel *m_fault;
    QPushButton *m_clear;
    common::ChoiceButton *m_groupButton;
    common::ChoiceButton *m_stateButton;
};

} // namespace atalaya::alerts
