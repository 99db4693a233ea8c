// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace atalaya::alerts {

/// A banner over the table: what is not to be trusted, why, and one thing to do about it.
class NoticeBanner final : public QWidget
{
    Q_OBJECT
public:
    explicit NoticeBanner(QWidget *parent = nullptr);

    void setAction(const QString &text, const QString &toolTip);
    void show(State shape, const QString &title, const QString &detail);

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State m_shape = State::Stale;
    QLabel *m_title;
    QLabel *m_detail;
    QPushButton *m_action;
};

/// What stands in place of an empty table: a sentence, a line why, and one action.
class EmptyNotice final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyNotice(QWidget *parent = nullptr);

    /// `action` empty: no button.
    void show(State shape, const QString &sentence, const QString &why, const QString &action);

Q_SIGNALS:
    void actionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    State m_shape = State::Unknown;
    QLabel *m_sentence;
    QLabel *m_why;
    QPushButton *m_action;
};

} // namespace atalaya::alerts
